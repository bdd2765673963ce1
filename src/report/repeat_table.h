// Grid points side by side: what their repeats came to, and which of them differ from the best.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "experiment/stored_run.h"
#include "report/output_table.h"

namespace nnrun {

struct RepeatTable {
  /// A row for each grid point: its name, the settings in which they differ, n and how many diverged. Then of each
  /// figure six columns: mean, sd, low and high of the 95 % interval, n of the values, and p, the probability of so
  /// large a mean difference from the column's best mean if there were none: by the paired t test, two-sided, with
  /// Holm's correction for all that are held against this best. Pairs are runs with the same seed and fold. The best
  /// itself, and what has fewer than two pairs with it, has no p.
  OutputTable table;
  std::vector<OutputColumn> figures;  ///< what the last columns are made of
  std::string over;                   ///< "seeds"
  std::size_t least_pairs = 0;        ///< of all tests; 0 when there was none
  std::size_t most_pairs = 0;
  std::vector<std::string> untested;  ///< grid points with fewer than two pairs
};

RepeatTable compare_repeats(const std::vector<StoredRun>& runs);

/// The table for readers: each figure as one column, "0.9785 ± 0.0012", '*' after the best mean, '=' after those that
/// do not differ from it at 5 %.
OutputTable marked(const RepeatTable& repeats);

/// What the marks mean, and by which test they were set.
std::string marks_text(const RepeatTable& repeats);

}  // namespace nnrun
