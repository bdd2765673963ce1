#include "experiment/expander.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/text.h"
#include "config/json.h"
#include "experiment/grid_points.h"
#include "experiment/resolution.h"

namespace nnrun {

namespace {

constexpr std::size_t kLongestFolder = 255;  // bytes of a file name on Linux

std::string folder_name(const std::vector<SweptField>& fields) {
  if (fields.empty()) return "run";
  std::vector<std::string> parts;
  for (const SweptField& field : fields) {
    parts.push_back(folder_text(field.path) + "=" + field.value);
  }
  return fmt::format("{}", fmt::join(parts, ","));
}

}  // namespace

std::vector<Run> Expander::all(const Node& document) {
  sampler_ = nullptr;
  start(document);
  return std::exchange(runs_, {});
}

std::vector<Run> Expander::drawn(const Node& document, Sampler& sampler, std::size_t draw) {
  sampler_ = &sampler;
  draw_ = draw;
  start(document);
  return std::exchange(runs_, {});
}

void Expander::start(const Node& document) {
  Branch branch{document, std::vector<std::size_t>(study_.joints.size()), {}};
  std::iota(branch.pending.begin(), branch.pending.end(), std::size_t{0});
  walk(std::move(branch));
}

/// Decides on the first axis that can be, in the order of the file.
void Expander::walk(Branch branch) {
  Reading reading(diagnostics_);
  Node resolved = with_first_rows(branch.document, study_, branch.pending);
  auto experiment = read_experiment(resolved, reading);
  if (branch.choices.empty() && sampler_ == nullptr) check_size(reading.axes);
  const Axis* axis = first_axis(branch, reading.axes);
  const auto joint = first_joint(branch, reading.axes);
  if (joint && (axis == nullptr || study_.joints[*joint].order < axis->order)) {
    walk_joint(std::move(branch), *joint, resolved);
  } else if (axis != nullptr) {
    walk_axis(branch, *axis);
  } else {
    add_run(branch, resolved, std::move(experiment));
  }
}

void Expander::walk_axis(const Branch& branch, const Axis& axis) {
  Branch without = branch;  // the axis: it may be long, and each point has a copy
  axis.path.assign(without.document, Node());
  for (const Node& value : chosen_values(axis)) {
    Branch deeper = without;
    axis.path.assign(deeper.document, value);
    deeper.choices.push_back({axis.path, value});
    walk(std::move(deeper));
  }
}

void Expander::walk_joint(Branch branch, std::size_t joint, const Node& resolved) {
  const JointAxis& axis = study_.joints[joint];
  std::erase(branch.pending, joint);
  if (axis.when && !holds(*axis.when, resolved)) return walk(std::move(branch));
  for (const JointAxis::Row& row : chosen_rows(axis)) {
    Branch deeper = branch;
    if (!apply(row, deeper.document)) {
      diagnostics_.add(row.front().second.mark, axis.key,
                       "there is no " + row.front().first.text() + " in the file");
      continue;
    }
    for (const auto& [path, value] : row) deeper.choices.push_back({path, value});
    walk(std::move(deeper));
  }
}

/// Not of those that lie in what an undecided axis of the study gives.
const Axis* Expander::first_axis(const Branch& branch, const std::vector<Axis>& axes) {
  const Axis* first = nullptr;
  for (const Axis& axis : axes) {
    const bool waits =
        std::any_of(branch.pending.begin(), branch.pending.end(), [&](std::size_t joint) {
          return !study_.joints[joint].when && study_.joints[joint].touches(axis.path);
        });
    if (!waits && (first == nullptr || axis.order < first->order)) first = &axis;
  }
  return first;
}

std::optional<std::size_t> Expander::first_joint(const Branch& branch,
                                                 const std::vector<Axis>& axes) const {
  std::optional<std::size_t> first;
  for (const std::size_t joint : branch.pending) {
    if (!is_ready(joint, branch, axes)) continue;
    if (!first || study_.joints[joint].order < study_.joints[*first].order) first = joint;
  }
  return first;
}

/// Whether all that its condition looks at is decided.
bool Expander::is_ready(std::size_t joint, const Branch& branch,
                        const std::vector<Axis>& axes) const {
  const auto& when = study_.joints[joint].when;
  if (!when) return true;
  return std::none_of(when->fields.begin(), when->fields.end(), [&](const auto& field) {
    const auto undecided = [&](std::size_t other) {
      return other != joint && study_.joints[other].touches(field.first);
    };
    return std::any_of(branch.pending.begin(), branch.pending.end(), undecided) ||
           std::any_of(axes.begin(), axes.end(),
                       [&](const Axis& axis) { return overlap(axis.path, field.first); });
  });
}

std::size_t Expander::drawn_of(const std::string& axis, std::size_t count) {
  return static_cast<std::size_t>(sampler_->part(draw_, axis) * static_cast<double>(count));
}

std::vector<Node> Expander::chosen_values(const Axis& axis) {
  const std::string path = axis.path.dotted();
  const bool drawn = sampler_ != nullptr && !is_repeat_field(path);
  const bool meant = diagnostics_.size() == before_;  // a range with a mistake has no points either
  if (axis.between && !drawn && meant && study_.written.find("search") == nullptr) {
    diagnostics_.add(axis.mark, axis.path.text(),
                     "a range without points is for a search to draw from; give it points: or the "
                     "file a search:");
  }
  if (axis.between && sampler_ != nullptr && !drawn) {
    diagnostics_.add(axis.mark, axis.path.text(), "repeats are not drawn: give the range points");
  }
  if (!drawn) return axis.values;
  if (axis.between) {
    return {range_value(axis.between->at(sampler_->part(draw_, path)), axis.mark)};
  }
  return {axis.values[drawn_of(path, axis.values.size())]};
}

std::vector<JointAxis::Row> Expander::chosen_rows(const JointAxis& joint) {
  if (sampler_ == nullptr) return joint.rows;
  return {joint.rows[drawn_of(joint.key, joint.rows.size())]};
}

bool Expander::holds(const Pattern& pattern, const Node& resolved) {
  bool all = true;
  for (std::size_t f = 0; f < pattern.fields.size(); ++f) {
    const auto& [path, wanted] = pattern.fields[f];
    const Node* node = path.find(resolved);
    if (node != nullptr) found_.emplace(&pattern, f);
    all = all && node != nullptr && matches(wanted, *node);
  }
  return all;
}

/// Refuses a grid before it is built, by the axes that every point has: those that do not lie
/// inside a value of another axis.
void Expander::check_size(const std::vector<Axis>& axes) const {
  if (many_ == ManyRuns::kAllow) return;
  std::size_t runs = 1;
  const auto times = [&](std::size_t count) {
    runs *= count;
    if (runs > kMostRunsUnasked) throw TooManyRuns{};
  };
  for (const JointAxis& joint : study_.joints) times(joint.when ? 1 : joint.rows.size());
  for (const Axis& axis : axes) {
    const bool inner = std::any_of(axes.begin(), axes.end(), [&](const Axis& other) {
      return other.path != axis.path && other.path.leads_to(axis.path);
    });
    if (!inner) times(axis.values.size());
  }
}

void Expander::add_run(const Branch& branch, const Node& resolved,
                       std::optional<Experiment> experiment) {
  bool left_out = false;
  for (const Pattern& pattern : study_.excluded) left_out = holds(pattern, resolved) || left_out;
  if (left_out) {
    ++excluded_;
    return;
  }
  if (runs_.size() == kMostRunsUnasked && many_ == ManyRuns::kRefuse) throw TooManyRuns{};
  Run run;
  for (const Choice& choice : branch.choices) {
    // In its resolved form, numbers at their shortest and defaults filled in: however a value is
    // written, experiment.yaml finds the same folder again.
    const Node* node = choice.path.find(resolved);
    run.fields.push_back(
        {choice.path.dotted(), folder_words(node != nullptr ? *node : choice.written)});
  }
  run.folder = folder_name(run.fields);
  if (!branch.choices.empty()) check_folder(run, branch.choices.back());
  if (!experiment) return;
  Node own = resolved;
  for (const std::string& key : study_keys()) own.erase(key);
  run.configuration = to_json(own).dump();
  run.experiment = *std::move(experiment);
  runs_.push_back(std::move(run));
}

void Expander::check_folder(const Run& run, const Choice& last) {
  if (run.folder.size() <= kLongestFolder) return;
  diagnostics_.add(last.written.mark, last.path.text(),
                   fmt::format("the run's folder name would have {} bytes, at most {} are "
                               "possible: '{}'",
                               run.folder.size(), kLongestFolder, printable(run.folder)));
}

void Expander::check_patterns() const {
  const auto check = [&](const Pattern& pattern, const std::string& where) {
    for (std::size_t f = 0; f < pattern.fields.size(); ++f) {
      const auto& [path, value] = pattern.fields[f];
      if (found_.contains({&pattern, f})) continue;
      diagnostics_.add(value.mark, where, "no run has a field " + path.text());
    }
  };
  for (std::size_t i = 0; i < study_.excluded.size(); ++i) {
    check(study_.excluded[i], fmt::format("exclude[{}]", i));
  }
  for (const JointAxis& joint : study_.joints) {
    if (joint.when) check(*joint.when, "when." + joint.key.substr(std::string("grid.").size()));
  }
}

}  // namespace nnrun
