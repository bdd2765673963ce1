#include "report/run_label.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "config/path.h"
#include "core/loss.h"
#include "core/metric.h"
#include "core/registry.h"

namespace nnrun {

namespace {

std::string last_step(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

/// The fields by the names that they have in labels: their last word where that says enough. A field
/// that has the same value in all runs has no name: it tells nothing apart.
class FieldNames {
 public:
  explicit FieldNames(const std::vector<StoredRun>& runs) : runs_(runs.size()) {
    for (const StoredRun& run : runs) {
      for (const FieldText& field : fields_of(run)) {
        paths_.insert(field.path);
        ++values_[field.path][field.value];
      }
    }
  }

  bool tells_apart(const FieldText& field) const {
    return runs_ == 1 || values_.at(field.path).at(field.value) != runs_;
  }

  std::string operator()(const std::string& path) const {
    std::string name = last_step(path);
    const auto same = std::count_if(paths_.begin(), paths_.end(), [&](const std::string& other) {
      return last_step(other) == name;
    });
    const bool is_position = name.find_first_not_of("0123456789") == std::string::npos;
    if (same > 1 || is_position) return path;
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
  }

 private:
  std::set<std::string> paths_;
  std::map<std::string, std::map<std::string, std::size_t>> values_;  ///< runs that have them
  std::size_t runs_;
};

std::string label_of(const StoredRun& run, const FieldNames& names, bool with_experiment) {
  std::vector<std::string> parts;
  if (with_experiment) parts.push_back(run.experiment);
  for (const FieldText& field : fields_of(run)) {
    if (names.tells_apart(field)) parts.push_back(names(field.path) + " " + field.value);
  }
  std::string label = fmt::format("{}", fmt::join(parts, ", "));
  if (run.status == "diverged") label += label.empty() ? "diverged" : " (diverged)";
  return label;
}

/// The YAML name of the loss that a run was trained on.
std::string loss_name(const StoredRun& run) {
  for (const auto& [path, value] : run.settings) {
    const auto steps = Path::parse(path).steps();
    if (path == "loss") return value;
    if (steps.size() > 1 && steps[0] == "loss") return steps[1];
  }
  return {};
}

/// Whether a run adds up this loss over samples instead of averaging; `key` is "loss" or "metrics".
bool sums(const StoredRun& run, const std::string& key, const std::string& name) {
  return std::any_of(run.settings.begin(), run.settings.end(), [&](const auto& setting) {
    return setting.first.starts_with(key) && setting.first.ends_with("." + name + ".reduction") &&
           setting.second == "sum";
  });
}

/// The unit of a loss or metric; empty for one that this nnrun does not know, and where the runs do
/// not agree.
std::string unit_of(const std::string& key, const std::string& name,
                    const std::vector<StoredRun>& runs) {
  if (const auto loss = make_example<Loss>(name)) {
    std::set<std::string> units;
    for (const StoredRun& run : runs) units.insert(loss->batch_unit(sums(run, key, name)));
    return units.size() == 1 ? *units.begin() : std::string();
  }
  const auto metric = metric_of(name);
  return metric ? metric->unit() : std::string();
}

}  // namespace

std::vector<FieldText> fields_of(const StoredRun& run) {
  std::vector<FieldText> fields;
  std::size_t start = 0;
  while (start < run.name.size()) {
    const std::size_t end = std::min(run.name.find(',', start), run.name.size());
    const std::string part = run.name.substr(start, end - start);
    const std::size_t equals = part.find('=');
    if (equals != std::string::npos) {
      fields.push_back({part.substr(0, equals), part.substr(equals + 1)});
    }
    start = end + 1;
  }
  return fields;
}

std::string fields_but(const StoredRun& run,
                       const std::function<bool(std::string_view path)>& left_out) {
  std::vector<std::string> parts;
  for (const FieldText& field : fields_of(run)) {
    if (!left_out(field.path)) parts.push_back(field.path + "=" + field.value);
  }
  return fmt::format("{}", fmt::join(parts, ","));
}

std::vector<std::string> run_labels(const std::vector<StoredRun>& runs) {
  const FieldNames names(runs);
  const bool several = std::any_of(runs.begin(), runs.end(), [&](const StoredRun& run) {
    return run.experiment != runs.front().experiment;
  });
  std::vector<std::string> labels;
  for (const StoredRun& run : runs) labels.push_back(label_of(run, names, several));
  const std::set<std::string> different(labels.begin(), labels.end());
  for (std::size_t r = 0; r < runs.size() && different.size() < runs.size(); ++r) {
    labels[r] = runs[r].folder.string();  // one experiment from two results trees
  }
  return labels;
}

std::string axis_label(const std::string& metric, const std::vector<StoredRun>& runs) {
  std::set<std::string> losses;
  for (const StoredRun& run : runs) losses.insert(loss_name(run));
  const bool is_loss = metric == "loss";
  if (is_loss && (losses.size() != 1 || losses.begin()->empty())) return metric;
  const std::string unit =
      is_loss ? unit_of("loss", *losses.begin(), runs) : unit_of("metrics", metric, runs);
  std::vector<std::string> parts;
  if (is_loss) parts.push_back(*losses.begin());
  if (!unit.empty()) parts.push_back(unit);
  return parts.empty() ? metric : fmt::format("{} ({})", metric, fmt::join(parts, ", "));
}

std::string spoken_name(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace nnrun
