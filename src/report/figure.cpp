#include "report/figure.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "config/options.h"

namespace nnrun {

namespace {

bool is_among(const std::string& name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// "unknown run 'x'; did you mean 'y'?", or the known ones when none is near.
std::string unknown(const std::string& kind, const std::string& name,
                    const std::vector<std::string>& known) {
  constexpr std::size_t kListed = 12;
  std::string near = suggestion(name, known);
  if (near.empty()) {
    const auto end = known.begin() + static_cast<std::ptrdiff_t>(std::min(kListed, known.size()));
    near = fmt::format("; known: {}{}", fmt::join(known.begin(), end, ", "),
                       known.size() > kListed ? ", …" : "");
  }
  return fmt::format("unknown {} '{}'{}", kind, printable(name), near);
}

/// Reads one figure and holds it against its experiment.
class FigureReader {
 public:
  FigureReader(const Slot& slot, const FigureExperiments& experiments)
      : slot_(slot),
        before_(slot.reading->diagnostics.size()),
        options_(slot),
        experiments_(experiments) {}

  std::optional<Figure> read() {
    read_name();
    figure_.title = options_.text("title", figure_.name);
    figure_.experiment = options_.text("experiment");
    const auto runs = options_.list("runs", false);
    figure_.metric = options_.text("metric");
    read_axes();
    options_.finish();
    refuse_lists();
    for (const Slot& run : runs) read_run(run);
    if (!failed()) check(runs);
    if (failed()) return std::nullopt;
    return std::move(figure_);
  }

 private:
  bool failed() const { return slot_.reading->diagnostics.size() > before_; }

  void read_name() {
    figure_.name = options_.text("name");
    const std::string& name = figure_.name;
    const bool fits = !name.empty() && name.size() <= 100 &&
                      std::all_of(name.begin(), name.end(), is_name_character) &&
                      name.front() != '.' && name.front() != '-';
    if (fits || failed()) return;
    options_.fail("name", fmt::format("expected 1 to 100 letters, digits, '_', '-' or '.', "
                                      "beginning with a letter or digit, got '{}'",
                                      printable(name)));
  }

  void read_axes() {
    const auto layout = options_.choice("layout", {"overlay", "panels"}, "overlay");
    figure_.layout = layout == "panels" ? Layout::kPanels : Layout::kOverlay;
    figure_.x_range = read_range("x_range");
    figure_.y_range = read_range("y_range");
    figure_.logarithmic = options_.choice("y_scale", {"linear", "log"}, "linear") == "log";
    if (figure_.logarithmic && figure_.y_range && figure_.y_range->low <= 0) {
      options_.fail("y_range", "expected ends above 0 where y_scale is log");
    }
  }

  std::optional<Range> read_range(const std::string& key) {
    if (!options_.has(key)) {
      options_.pass_over(key);
      return std::nullopt;
    }
    const auto ends = options_.list(key, true);
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

  /// In an experiment file a list instead of one value is a grid; here it is a mistake.
  void refuse_lists() const {
    auto& axes = slot_.reading->axes;
    for (const Axis& axis : axes) {
      if (!slot_.path.leads_to(axis.path)) continue;
      slot_.reading->diagnostics.add(axis.mark, axis.path.text(), "expected one value, got a list");
    }
    std::erase_if(axes, [&](const Axis& axis) { return slot_.path.leads_to(axis.path); });
  }

  void read_run(const Slot& run) {
    if (run.node == nullptr) return;
    if (!run.node->is_scalar()) return run.expected("the name of a run's folder");
    if (is_among(run.node->text, figure_.runs)) {
      return run.fail(fmt::format("run '{}' is listed twice", printable(run.node->text)));
    }
    figure_.runs.push_back(run.node->text);
  }

  void check(const std::vector<Slot>& runs) {
    const auto found = experiments_.find(figure_.experiment);
    if (found == experiments_.end()) {
      std::vector<std::string> keys;
      for (const auto& [key, sweep] : experiments_) keys.push_back(key);
      return options_.fail("experiment", unknown("experiment", figure_.experiment, keys));
    }
    if (found->second == nullptr) return;
    std::vector<std::string> folders;
    for (const Run& run : found->second->runs) folders.push_back(run.folder);
    for (const Slot& run : runs) {
      if (!is_among(run.node->text, folders)) run.fail(unknown("run", run.node->text, folders));
    }
    for (const Run& run : found->second->runs) {
      if (figure_.runs.empty() || is_among(run.folder, figure_.runs)) check_metric(run);
    }
  }

  void check_metric(const Run& run) {
    const auto known = run.experiment.model.measures();
    if (is_among(figure_.metric, known)) return;
    options_.fail("metric", unknown("metric", figure_.metric, known));
  }

  Slot slot_;
  std::size_t before_;  ///< mistakes found before this figure
  Options options_;
  const FigureExperiments& experiments_;
  Figure figure_;
};

}  // namespace

std::optional<Figure> read_figure(const Slot& slot, const FigureExperiments& experiments) {
  return FigureReader(slot, experiments).read();
}

}  // namespace nnrun
