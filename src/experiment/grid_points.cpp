#include "experiment/grid_points.h"

#include <unordered_map>

namespace nnrun {

bool is_repeat_field(std::string_view path) {
  return path == "seed" || path == "dataset.split.fold";
}

std::string point_name(const Run& run) {
  std::string name;
  for (const SweptField& field : run.fields) {
    if (!is_repeat_field(field.path)) name += field.path + "=" + field.value + ",";
  }
  return name;
}

Groups grouped(const std::vector<std::string>& texts) {
  Groups groups;
  std::unordered_map<std::string_view, std::size_t> known;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto [group, added] = known.emplace(texts[i], groups.size());
    if (added) groups.emplace_back();
    groups[group->second].push_back(i);
  }
  return groups;
}

Groups grid_points(const Sweep& sweep) {
  std::vector<std::string> names;
  for (const Run& run : sweep.runs) names.push_back(point_name(run));
  return grouped(names);
}

}  // namespace nnrun
