#include "report/equations.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

namespace nnrun {

namespace {

struct LeafLines {
  const char* kind;
  const char* name;
  const char* text;
};

/// Made by tools/leaf_equations of all leaves.
constexpr LeafLines kLines[] = {
#include "equations.inc"
};

/// "dx", "d_scale", "dW[k,c]", "dL/du": what a line with a gradient begins with.
bool is_gradient(const std::string& line) {
  std::istringstream words(line);
  std::string left;
  std::string sign;
  if (!(words >> left >> sign) || left.size() < 2 || left.front() != 'd') return false;
  const bool is_word = left[1] != '_' && left.size() > 2 && left[2] >= 'a' && left[2] <= 'z';
  return !is_word && sign == "=";
}

Equations split(const char* text) {
  Equations all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool backward = !all.backward.empty() || is_gradient(line);
    (backward ? all.backward : all.forward).push_back(line);
  }
  return all;
}

std::map<std::pair<std::string, std::string>, Equations> read_all() {
  std::map<std::pair<std::string, std::string>, Equations> all;
  for (const LeafLines& lines : kLines) all[{lines.kind, lines.name}] = split(lines.text);
  return all;
}

}  // namespace

std::vector<std::string> Equations::all() const {
  auto lines = forward;
  lines.insert(lines.end(), backward.begin(), backward.end());
  return lines;
}

const Equations& equations(const std::string& kind, const std::string& name) {
  static const auto kAll = read_all();
  static const Equations kNone;
  const auto found = kAll.find({kind, name});
  return found == kAll.end() ? kNone : found->second;
}

}  // namespace nnrun
