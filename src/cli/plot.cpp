#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "experiment/run_files.h"
#include "report/draw.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

struct PlotArguments {
  std::vector<std::string> folders;
  std::vector<std::string> metrics;
  std::vector<std::string> formats = {"svg", "png"};
  std::string output;
  std::string band = band_names().front();
  std::string against;  ///< a swept field
  bool panels = false;
  bool runs = false;  ///< each, also where they are repeats
  bool logarithmic = false;
};

/// Where the figures go: a folder of nnrun's own beside the runs, or the one that was asked for.
fs::path output_folder(const PlotArguments& arguments) {
  fs::path folder = arguments.output;
  if (arguments.output.empty()) {
    if (arguments.folders.size() > 1) {
      throw Error("several folders: say with --output where their figures go");
    }
    folder = fs::path(arguments.folders.front()) / "figures";
    check_writable(folder);
  }
  create_folder(folder, ExitStatus::kBadInput);
  return folder;
}

/// The measures to draw: those asked for, or all that every run has.
std::vector<std::string> chosen_metrics(const PlotArguments& arguments,
                                        const std::vector<StoredRun>& runs) {
  if (!arguments.metrics.empty()) return arguments.metrics;
  auto metrics = runs.front().curves.measures();
  std::erase_if(metrics, [&](const std::string& metric) {
    return !std::all_of(runs.begin(), runs.end(), [&](const StoredRun& run) {
      const auto own = run.curves.measures();
      return std::find(own.begin(), own.end(), metric) != own.end();
    });
  });
  return metrics;
}

/// "task2_lr_sweep, task3_lr_sweep": whose curves these are.
std::string subject(const std::vector<StoredRun>& runs) {
  std::vector<std::string> experiments;
  for (const StoredRun& run : runs) {
    if (std::find(experiments.begin(), experiments.end(), run.experiment) == experiments.end()) {
      experiments.push_back(run.experiment);
    }
  }
  return fmt::format("{}", fmt::join(experiments, ", "));
}

ExitStatus plot(const PlotArguments& arguments) {
  const auto runs = read_runs({arguments.folders.begin(), arguments.folders.end()}, Keep::kCurves);
  std::vector<ImageFormat> formats;
  for (const std::string& format : arguments.formats) {
    formats.push_back(format == "svg" ? ImageFormat::kSvg : ImageFormat::kPng);
  }
  std::vector<Figure> figures;
  for (const std::string& metric : chosen_metrics(arguments, runs)) {
    Figure figure;
    figure.name = metric + (arguments.panels            ? "_panels"
                            : arguments.against.empty() ? ""
                                                        : "_response");
    figure.title = subject(runs) + ": " + metric;
    figure.metric = metric;
    figure.layout = arguments.panels ? Layout::kPanels : Layout::kOverlay;
    figure.logarithmic = arguments.logarithmic;
    figure.band = band_of(arguments.band);
    figure.against = arguments.against;
    figure.each_run = arguments.runs;
    make_picture(figure, runs);  // every mistake before the first file
    figures.push_back(std::move(figure));
  }
  require_gnuplot("");
  const fs::path folder = output_folder(arguments);
  for (const Figure& figure : figures) {
    for (const fs::path& path : draw_figure(figure, runs, folder, formats)) {
      fmt::print("{}\n", printable(path.string()));
    }
  }
  return ExitStatus::kDone;
}

void declare(CLI::App& app, PlotArguments& arguments) {
  app.add_option("DIR", arguments.folders, "folders of experiments or runs")->required();
  app.add_option("--metric", arguments.metrics,
                 "draw this measure only, such as loss or accuracy; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app.add_option("--format", arguments.formats, "image format; repeatable (default: both)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"svg", "png"}))
      ->allow_extra_args(false);
  app.add_option("--output", arguments.output, "folder of the figures (default: figures in DIR)")
      ->type_name("DIR")
      ->check([](const std::string& folder) {
        return folder.empty() ? "expected a folder, got empty text" : std::string();
      });
  auto* panels =
      app.add_flag("--panels", arguments.panels,
                   "a diagram for each run, all with the same axes (MEASURE_panels.svg)");
  auto* against =
      app.add_option("--against", arguments.against,
                     "final values over this swept field, not curves (MEASURE_response.svg)")
          ->type_name("FIELD")
          ->excludes(panels);
  app.add_flag("--log", arguments.logarithmic, "logarithmic y axis");
  app.add_option("--band", arguments.band,
                 "around the mean of repeats: interval (default), sd or none")
      ->type_name("BAND")
      ->check(CLI::IsMember(band_names()));
  app.add_flag("--runs", arguments.runs, "each run, also where some are repeats")
      ->excludes(against);
}

}  // namespace

Command plot_command() {
  return {
      "plot", "draw the curves of finished runs as SVG and PNG, with gnuplot",
      "Examples:\n"
      "  nnrun plot results/task3_lr_sweep                     all runs in one diagram\n"
      "  nnrun plot results/task3_lr_sweep --panels            a diagram for each run\n"
      "  nnrun plot results/task3_lr_sweep/learning_rate=0.3   one run\n"
      "  nnrun plot results/task3_seeds --band sd              means of repeats\n"
      "  nnrun plot results/task3_response --against learning_rate\n"
      "  nnrun plot results/task1_lr_sweep results/task2_lr_sweep --metric loss --output both\n\n"
      "Of runs that differ in nothing but seed or fold the mean is drawn, in a band: its 95 % interval, or\n"
      "one standard deviation to each side (--band sd).\n\n"
      "For each measure a figure DIR/figures/MEASURE.svg and .png is written, and its path to\n"
      "standard output. Needs the program gnuplot (Debian package gnuplot-nox).\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<PlotArguments>();
        declare(app, *arguments);
        return [arguments] { return plot(*arguments); };
      }};
}

}  // namespace nnrun
