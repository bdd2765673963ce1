// Which rows of metrics.csv a page draws where all of them would make it too large.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nnrun {

/// Rows to draw, in rising order.
struct DrawnRows {
  std::vector<std::size_t> rows;
  std::size_t one_by_one = 0;  ///< of which the first are each drawn
  std::size_t step = 1;        ///< between the others, but for the ends of runs
};

/// The rows to draw of curves that have `lengths` rows, at most `most` ≥ 4 and up to 50 ends more: all of
/// them where they are few; else the first quarter of `most` one by one, then one of every `step`, and the
/// last row of each length, where a run ended.
DrawnRows drawn_rows(const std::vector<std::size_t>& lengths, std::size_t most);

/// What is left out of `rows` rows: "60 of 501 epochs are drawn: …"; nothing where all are drawn.
std::string thinning_note(const DrawnRows& drawn, std::size_t rows);

}  // namespace nnrun
