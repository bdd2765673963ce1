#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "report/draw.h"
#include "report/range_picture.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMostSteps = 1'000'000;
constexpr std::size_t kFewestSteps = 10;

struct FindLrArguments {
  std::string file;
  std::vector<std::string> overrides;
  RangeOptions range;
  OutputFormat format = OutputFormat::kTable;
  std::string output;  ///< the picture's file; empty: none
  RunOptions options;  ///< of which the threads
};

ImageFormat image_format(const fs::path& path) {
  if (path.extension() == ".svg") return ImageFormat::kSvg;
  if (path.extension() == ".png") return ImageFormat::kPng;
  throw Error("--output: expected a file that ends with .svg or .png, got '" +
              printable(path.string()) + "'");
}

void check(const FindLrArguments& arguments) {
  const RangeOptions& range = arguments.range;
  if (range.from >= range.to) {
    throw Error(fmt::format("--from {}: expected a learning rate below that of --to, {}",
                            shortest(range.from), shortest(range.to)));
  }
  if (range.steps < kFewestSteps) {
    throw Error(fmt::format("--steps {}: expected {} updates or more", range.steps, kFewestSteps));
  }
  if (arguments.output.empty()) return;
  image_format(arguments.output);
  require_gnuplot("");
}

/// "task3_lr_sweep/learning_rate=0.3": what is tested, which of a grid is the first point.
std::string subject(const Sweep& sweep) {
  const Run& run = sweep.runs.front();
  std::string name = sweep.name + "/" + run.folder;
  if (sweep.runs.size() > 1) {
    fmt::print(stderr, "nnrun: {}: the first of {} runs; --set asks for another\n", name,
               sweep.runs.size());
  }
  return name;
}

ExitStatus find_rate(const FindLrArguments& arguments) {
  check(arguments);
  const auto sweeps = load_sweeps({arguments.file}, arguments.overrides);
  const std::string name = subject(sweeps.front());
  const Pool pool(arguments.options.threads);
  const RangeTest test = test_range(sweeps.front().runs.front().experiment, arguments.range, pool);
  const std::string suggestion = range_suggestion(test);
  fmt::print("{}", to_text(range_table(test, arguments.format), arguments.format));
  const bool for_people =
      arguments.format == OutputFormat::kTable || arguments.format == OutputFormat::kMarkdown;
  fmt::print(for_people ? stdout : stderr, "{}{}\n", for_people ? "\n" : "nnrun: ", suggestion);
  if (!arguments.output.empty()) {
    write_file(arguments.output, draw(range_picture(test, name), image_format(arguments.output)));
  }
  return ExitStatus::kDone;
}

void declare_rate(CLI::App& app, const std::string& name, double& rate,
                  const std::string& description) {
  app.add_option_function<std::string>(
         name, [&rate](const std::string& text) { rate = parse_real(text).value_or(rate); },
         description + " (default: " + shortest(rate) + ")")
      ->type_name("RATE")
      ->check([](const std::string& text) {
        const auto number = parse_real(text);
        if (number && *number > 0) return std::string();
        return fmt::format("expected a real number > 0, got '{}'", printable(text));
      });
}

void declare(CLI::App& app, FindLrArguments& arguments) {
  app.add_option("FILE", arguments.file, "an experiment file")->required();
  declare_overrides(app, arguments.overrides,
                    "set any field, such as --set batch_size=64; repeatable");
  declare_rate(app, "--from", arguments.range.from, "the first learning rate");
  declare_rate(app, "--to", arguments.range.to, "the last learning rate");
  declare_count(app, "--steps", arguments.range.steps, kMostSteps, "updates, 10 or more")
      ->capture_default_str();
  app.add_option("--output", arguments.output, "draw the curve into this file, .svg or .png")
      ->type_name("FILE")
      ->check([](const std::string& file) {
        return file.empty() ? "expected a file, got empty text" : std::string();
      });
  declare_threads(app, arguments.options);
  declare_kernel(app);
  declare_format(app, arguments.format);
}

}  // namespace

Command find_lr_command() {
  return {
      "find-lr", "a learning rate range test: the loss while the rate rises, and a suggestion",
      "Examples:\n"
      "  nnrun find-lr configs/task3_multiclass.yaml\n"
      "  nnrun find-lr configs/task3_lr_sweep.yaml --from 0.001 --to 100 --output range.svg\n"
      "  nnrun find-lr configs/task3_multiclass.yaml --set batch_size=64 --steps 500 --format csv\n\n"
      "Trains the file's first run once for so many updates, the learning rate rising by the same\n"
      "factor from one to the next, and shows the loss of each update's batch, in full batch of all\n"
      "training samples (Smith 2017, section 3.3). It ends where the loss is not finite or more than four\n"
      "times its least. Losses of mini-batches are smoothed over about a tenth of the updates. Where the\n"
      "smoothed loss falls fastest, and a tenth of the rate at which it is least, are rates to begin with.\n"
      "Nothing is written but the picture of --output, which needs the program gnuplot.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<FindLrArguments>();
        declare(app, *arguments);
        return [arguments] { return find_rate(*arguments); };
      }};
}

}  // namespace nnrun
