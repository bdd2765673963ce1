#include "report/curve_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace nnrun {

std::vector<std::size_t> drawn_rows(const std::vector<std::size_t>& lengths, std::size_t most) {
  const std::size_t rows = lengths.empty() ? 0 : *std::max_element(lengths.begin(), lengths.end());
  const std::size_t one_by_one = rows <= most ? rows : most / 4;
  std::set<std::size_t> drawn;
  for (std::size_t row = 0; row < one_by_one; ++row) drawn.insert(row);
  if (rows > most) {
    const std::size_t left = most - one_by_one;
    const std::size_t step = (rows - one_by_one + left - 1) / left;
    for (std::size_t row = one_by_one; row < rows; row += step) drawn.insert(row);
  }
  constexpr std::size_t kMostEnds = 50;
  const std::set<std::size_t> ends(lengths.begin(), lengths.end());
  std::size_t added = 0;
  for (auto end = ends.rbegin(); end != ends.rend() && added < kMostEnds; ++end, ++added) {
    if (*end > 0) drawn.insert(*end - 1);
  }
  return {drawn.begin(), drawn.end()};
}

std::string thinning_note(const std::vector<std::size_t>& drawn, std::size_t rows) {
  if (drawn.size() >= rows) return {};
  const auto gap = std::adjacent_find(drawn.begin(), drawn.end(),
                                      [](std::size_t a, std::size_t b) { return b != a + 1; });
  return fmt::format(
      "{} of {} epochs are drawn: each up to epoch {}, then every {}th; metrics.csv has them all.",
      drawn.size(), rows, *gap, *(gap + 1) - *gap);
}

}  // namespace nnrun
