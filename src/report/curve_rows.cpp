#include "report/curve_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace nnrun {

DrawnRows drawn_rows(const std::vector<std::size_t>& lengths, std::size_t most) {
  const std::size_t rows = lengths.empty() ? 0 : *std::max_element(lengths.begin(), lengths.end());
  DrawnRows made;
  made.one_by_one = rows <= most ? rows : most / 4;
  std::set<std::size_t> drawn;
  for (std::size_t row = 0; row < made.one_by_one; ++row) drawn.insert(row);
  if (rows > most) {
    const std::size_t left = most - made.one_by_one;
    made.step = (rows - made.one_by_one + left - 1) / left;
    for (std::size_t row = made.one_by_one; row < rows; row += made.step) drawn.insert(row);
  }
  constexpr std::size_t kMostEnds = 50;
  const std::set<std::size_t> ends(lengths.begin(), lengths.end());
  std::size_t added = 0;
  for (auto end = ends.rbegin(); end != ends.rend() && added < kMostEnds; ++end, ++added) {
    if (*end > 0) drawn.insert(*end - 1);
  }
  made.rows.assign(drawn.begin(), drawn.end());
  return made;
}

std::string thinning_note(const DrawnRows& drawn, std::size_t rows) {
  if (drawn.rows.size() >= rows) return {};
  return fmt::format(
      "{} of {} epochs are drawn: each of the first {}, then one of every {}, and the last of each "
      "run; metrics.csv has them all.",
      drawn.rows.size(), rows, drawn.one_by_one, drawn.step);
}

}  // namespace nnrun
