#include "config/diagnostics.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "base/error.h"

namespace nnrun {

namespace {

constexpr std::size_t kMostShown = 50;

auto place(const Mark& mark) {
  return std::make_tuple(mark.file ? *mark.file : std::string(), mark.line, mark.column);
}

}  // namespace

void Diagnostics::add(const Mark& mark, const std::string& path, const std::string& message) {
  std::string line;
  for (const std::string& part : {to_text(mark), path}) {
    if (!part.empty()) line += part + ": ";
  }
  line += message;
  if (lines_.insert(line).second) mistakes_.push_back({mark, line});
}

std::string Diagnostics::text() const {
  auto sorted = mistakes_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Mistake& a, const Mistake& b) {
    return place(a.mark) < place(b.mark);
  });
  std::vector<std::string> lines;
  for (const Mistake& mistake : sorted) {
    if (lines.size() == kMostShown) break;
    lines.push_back(mistake.line);
  }
  if (sorted.size() > kMostShown) {
    lines.push_back(fmt::format("and {} more mistakes", sorted.size() - kMostShown));
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

void Diagnostics::throw_if_any() const {
  if (!empty()) throw Error(text());
}

}  // namespace nnrun
