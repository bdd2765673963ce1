// Which rows of metrics.csv a page draws where all of them would make it too large.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nnrun {

/// The rows to draw of curves that have `lengths` rows, at most `most` ≥ 4 and up to 50 ends more, in
/// rising order: all of them where they are few; else the first quarter of `most` one by one, then every
/// k-th, and the last row of each length, where a run ended.
std::vector<std::size_t> drawn_rows(const std::vector<std::size_t>& lengths, std::size_t most);

/// What is left out of `rows` rows: "60 of 501 rows are drawn: …"; nothing where all are drawn.
std::string thinning_note(const std::vector<std::size_t>& drawn, std::size_t rows);

}  // namespace nnrun
