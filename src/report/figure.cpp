#include "report/figure.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "experiment/grid_points.h"

namespace nnrun {

namespace {

bool is_among(const std::string& name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Reads one figure and holds it against its experiment.
class FigureReader {
 public:
  FigureReader(const Slot& slot, const std::vector<ManifestExperiment>& experiments)
      : slot_(slot),
        before_(slot.reading->diagnostics.size()),
        options_(slot),
        experiments_(experiments) {}

  std::optional<Figure> read() {
    read_name();
    figure_.title = options_.text("title", figure_.name);
    const auto found = read_experiment_key(options_, experiments_);
    const ManifestExperiment* experiment = found ? &experiments_[*found] : nullptr;
    if (experiment != nullptr) figure_.experiment = experiment->key;
    const bool names_runs = options_.has("runs");
    Form form = list_form(text_form("the name of a run"), at_least(1));
    form.unique = true;
    const auto runs = options_.list("runs", form, false);
    if (names_runs && runs.empty() && !failed()) {
      options_.fail("runs", "expected runs; where it is missing, all are drawn");
    }
    for (const Slot& run : runs) read_run(run, experiment);
    figure_.metric = options_.text("metric");
    if (experiment != nullptr && options_.has("metric")) check_metric(experiment->sweep.runs);
    read_axes();
    figure_.against = options_.optional_text("against").value_or("");
    options_.finish();
    if (experiment != nullptr) check_against(experiment->sweep);
    if (experiment != nullptr && figure_.against.empty()) check_count(experiment->sweep);
    if (failed()) return std::nullopt;
    return std::move(figure_);
  }

 private:
  bool failed() const { return slot_.reading->diagnostics.size() > before_; }

  void read_name() {
    figure_.name = options_.text("name", {}, folder_name_form());
    if (is_folder_name(figure_.name) || failed()) return;
    options_.fail("name", fmt::format("expected 1 to 100 letters, digits, '_', '-' or '.', "
                                      "not starting with '.' or '-', got '{}'",
                                      printable(figure_.name)));
  }

  void read_axes() {
    const auto layout = options_.choice("layout", {"overlay", "panels"}, "overlay");
    figure_.layout = layout == "panels" ? Layout::kPanels : Layout::kOverlay;
    figure_.x_range = read_range("x_range");
    figure_.y_range = read_range("y_range");
    figure_.logarithmic = options_.choice("y_scale", {"linear", "log"}, "linear") == "log";
    figure_.band = band_of(options_.choice("band", band_names(), band_names().front()));
    if (figure_.logarithmic && figure_.y_range && figure_.y_range->low <= 0) {
      options_.fail("y_range", "expected ends above 0 where y_scale is log");
    }
  }

  std::optional<Range> read_range(const std::string& key) {
    const Form form = list_form(real_form(any_real()), whole_between(2, 2));
    if (!options_.has(key)) {
      options_.record_optional(key, form);
      return std::nullopt;
    }
    const auto ends = options_.list(key, form, true);
    const auto number = [&](std::size_t i) {
      const Node* node = i < ends.size() ? ends[i].node : nullptr;
      const bool plain = node != nullptr && node->is_scalar() && !node->quoted;
      return plain ? parse_real(node->text) : std::nullopt;
    };
    const auto low = number(0);
    const auto high = number(1);
    if (ends.size() == 2 && low && high && *low < *high) return Range{*low, *high};
    options_.fail(key, "expected two numbers, the lower first: [low, high]");
    return std::nullopt;
  }

  void check_against(const Sweep& sweep) {
    if (figure_.against.empty()) return;
    if (figure_.layout == Layout::kPanels) {
      options_.fail("against", "draws one diagram; leave out layout: panels");
    }
    if (is_among(figure_.against, sweep.fields)) return;
    options_.fail("against",
                  fmt::format("the experiment does not sweep '{}'{}", printable(figure_.against),
                              suggestion_or_known(figure_.against, sweep.fields)));
  }

  void check_count(const Sweep& sweep) {
    const auto is_drawn = [&](std::size_t run) {
      return figure_.runs.empty() || is_among(sweep.runs[run].folder, figure_.runs);
    };
    const auto points = grid_points(sweep);
    const auto drawn = std::count_if(points.begin(), points.end(), [&](const auto& point) {
      return std::any_of(point.begin(), point.end(), is_drawn);
    });
    const std::string why = too_many_runs(figure_.layout, static_cast<std::size_t>(drawn));
    if (!why.empty()) options_.fail("runs", why);
  }

  void read_run(const Slot& run, const ManifestExperiment* experiment) {
    if (run.node == nullptr) return;
    const std::string& name = run.node->text;
    if (run.node->is_scalar() && is_among(name, figure_.runs)) {
      return run.fail(fmt::format("run '{}' is listed twice", printable(name)));
    }
    if (experiment != nullptr) find_run(run, *experiment);
    figure_.runs.push_back(name);
  }

  /// Where a run's name is wrong, any run's metrics will do: all mistakes at once.
  void check_metric(const std::vector<Run>& runs) {
    const bool all = figure_.runs.empty() || failed();
    for (const Run& run : runs) {
      const auto known = run.experiment.model.measures();
      const bool drawn = all || is_among(run.folder, figure_.runs);
      if (!drawn || is_among(figure_.metric, known)) continue;
      options_.fail("metric", fmt::format("unknown metric '{}'{}", printable(figure_.metric),
                                          suggestion_or_known(figure_.metric, known)));
    }
  }

  Slot slot_;
  std::size_t before_;  ///< mistakes found before this figure
  Options options_;
  const std::vector<ManifestExperiment>& experiments_;
  Figure figure_;
};

}  // namespace

const std::vector<std::string>& band_names() {
  static const std::vector<std::string> kNames = {"interval", "sd", "none"};
  return kNames;
}

Band band_of(const std::string& name) {
  if (name == "sd") return Band::kDeviation;
  return name == "none" ? Band::kNone : Band::kInterval;
}

std::string too_many_runs(Layout layout, std::size_t runs) {
  const bool panels = layout == Layout::kPanels;
  const std::size_t most = panels ? kMostPanels : kMostOverlaid;
  if (runs <= most) return {};
  return fmt::format(
      "{} runs are too many for one picture: at most {} {}", runs, most,
      panels ? std::string("fit as panels")
             : fmt::format("can be told apart in one diagram, {} fit as panels", kMostPanels));
}

std::optional<Figure> read_figure(const Slot& slot,
                                  const std::vector<ManifestExperiment>& experiments) {
  return FigureReader(slot, experiments).read();
}

std::vector<Figure> read_figures(Options& manifest,
                                 const std::vector<ManifestExperiment>& experiments) {
  const Form form = form_read_by([](const Slot& slot) { read_figure(slot, {}); });
  std::vector<Figure> figures;
  for (const Slot& slot : manifest.list("figures", list_form(form), false)) {
    auto figure = read_figure(slot, experiments);
    if (!figure) continue;
    const bool twice = std::any_of(figures.begin(), figures.end(),
                                   [&](const Figure& other) { return other.name == figure->name; });
    if (twice) slot.fail(fmt::format("there is a figure '{}' already", figure->name));
    figures.push_back(*std::move(figure));
  }
  return figures;
}

}  // namespace nnrun
