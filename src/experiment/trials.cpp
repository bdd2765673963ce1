#include "experiment/trials.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <set>

#include "base/rng.h"
#include "base/text.h"
#include "experiment/grid_points.h"

namespace nnrun {

namespace {

class Trials {
 public:
  Trials(const Node& document, const Study& study, Expander& expander, Diagnostics& diagnostics)
      : document_(document),
        study_(study),
        expander_(expander),
        diagnostics_(diagnostics),
        before_(diagnostics.size()) {}

  std::vector<Run> make() {
    Diagnostics first;
    Reading reading(first);
    Node resolved = document_;
    const auto experiment = read_experiment(resolved, reading);
    seed_ = first_seed(reading);
    const auto wanted = study_.search->trials();
    const bool all_values = !study_.search->is_quasi_random() && is_finite(resolved) &&
                            points(reading) <= kMostRunsUnasked;
    if (all_values) return first_of_all(wanted);
    if (!wanted) {
      fail(fmt::format(
          "'all' needs axes with a finite number of points, at most {}, and no quasi_random",
          kMostRunsUnasked));
      return {};
    }
    return draw(*wanted);
  }

 private:
  void fail(const std::string& message) {
    diagnostics_.add(study_.written.find("search")->mark, "search", message);
  }

  std::uint64_t first_seed(const Reading& reading) const {
    const Node* seed = Path::parse("seed").find(document_);
    for (const Axis& axis : reading.axes) {
      if (axis.path == Path::parse("seed")) seed = &axis.values.front();
    }
    const auto number = seed != nullptr ? parse_integer(seed->text) : std::nullopt;
    return static_cast<std::uint64_t>(number.value_or(1));
  }

  /// Whether no range without points stands anywhere in it.
  static bool is_finite(const Node& node) {
    const auto finite = [](const Node& part) { return is_finite(part); };
    const bool open = is_range(node) && node.entries.front().key != "integers" &&
                      node.entries.front().value.find("points") == nullptr;
    return !open && std::all_of(node.items.begin(), node.items.end(), finite) &&
           std::all_of(node.entries.begin(), node.entries.end(),
                       [](const Entry& entry) { return is_finite(entry.value); });
  }

  /// No more than that: axes inside values of others are counted as if all had them.
  double points(const Reading& reading) const {
    double product = 1;
    for (const Axis& axis : reading.axes) product *= static_cast<double>(axis.values.size());
    for (const JointAxis& joint : study_.joints) product *= static_cast<double>(joint.rows.size());
    return product;
  }

  std::vector<Run> first_of_all(const std::optional<std::size_t>& wanted) {
    auto runs = expander_.all(document_);
    expander_.check_patterns();
    number_trials(runs);
    const std::size_t there = trial_count(runs);
    if (wanted.value_or(there) > there && diagnostics_.size() == before_) {
      fail(fmt::format("{} trials, but the axes have {}; 'trials: all' takes them all", *wanted,
                       counted(there, "point")));
      return {};
    }
    const auto order = Stream(seed_, "search").permutation(there);
    std::vector<std::size_t> place(there);
    for (std::size_t i = 0; i < there; ++i) place[order[i]] = i;
    for (Run& run : runs) run.trial = place[run.trial];
    std::erase_if(runs, [&](const Run& run) { return run.trial >= wanted.value_or(there); });
    std::stable_sort(runs.begin(), runs.end(),
                     [](const Run& a, const Run& b) { return a.trial < b.trial; });
    return runs;
  }

  std::vector<Run> draw(std::size_t wanted) {
    constexpr std::size_t kMostInVain = 1000;  // draws, one after the other
    Sampler sampler(seed_, study_.search->is_quasi_random());
    std::vector<Run> runs;
    std::set<std::string> known;
    std::size_t in_vain = 0;
    for (std::size_t i = 0; known.size() < wanted && diagnostics_.size() == before_; ++i) {
      if (in_vain == kMostInVain) {
        fail(fmt::format("{} trials, but of {} draws only {} were different", wanted, i,
                         known.size()));
        return {};
      }
      auto drawn = expander_.drawn(document_, sampler, i);
      const bool is_new = !drawn.empty() && known.insert(point_name(drawn.front())).second;
      in_vain = is_new ? 0 : in_vain + 1;
      if (is_new) std::move(drawn.begin(), drawn.end(), std::back_inserter(runs));
    }
    number_trials(runs);
    return runs;
  }

  const Node& document_;
  const Study& study_;
  Expander& expander_;
  Diagnostics& diagnostics_;
  std::size_t before_;  ///< mistakes, which may be of other files
  std::uint64_t seed_ = 1;
};

}  // namespace

std::vector<Run> trial_runs(const Node& document, const Study& study, Expander& expander,
                            Diagnostics& diagnostics) {
  return Trials(document, study, expander, diagnostics).make();
}

void number_trials(std::vector<Run>& runs) {
  std::map<std::string, std::size_t> known;
  for (Run& run : runs) run.trial = known.try_emplace(point_name(run), known.size()).first->second;
}

std::size_t trial_count(const std::vector<Run>& runs) {
  std::size_t count = 0;
  for (const Run& run : runs) count = std::max(count, run.trial + 1);
  return count;
}

}  // namespace nnrun
