// Rows of named cells: what tables are made of, whatever their format.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nnrun {

/// Which value of a column is its best.
enum class Better { kNeither, kLower, kHigher };

struct OutputColumn {
  std::string name;        ///< "loss"
  std::string group = {};  ///< "final_validation": the whole name is final_validation_loss
  bool numbers = false;    ///< cells that are numbers are numbers in JSON
  /// Digits behind the point, in the table; all other formats have every digit.
  std::optional<int> digits = {};
  Better better = Better::kNeither;  ///< the table marks the best with '*'
  bool detail = false;               ///< left out where only what matters is shown
  /// Of many columns that say what a row is: where they are too wide for a terminal and more than the
  /// rows, its table has them first, turned into rows.
  bool turns = false;
  bool key = false;  ///< one of the first, which say what a row is: in each block of a wide table

  std::string whole_name() const { return group.empty() ? name : group + "_" + name; }
};

/// An empty cell is a missing one: null in JSON. Numbers are written as shortest() does.
struct OutputTable {
  std::vector<OutputColumn> columns;
  std::vector<std::vector<std::string>> rows;  ///< a cell for each column
};

/// Adds a column with a cell for each row.
void add_column(OutputTable& output, OutputColumn column, const std::vector<std::string>& cells);

/// The whole names of its columns.
std::vector<std::string> whole_names(const OutputTable& output);

/// The columns for which `chosen` is true, in their order.
OutputTable columns_where(const OutputTable& output,
                          const std::function<bool(const OutputColumn&)>& chosen);

/// The table without its details.
OutputTable without_details(const OutputTable& output);

/// Orders the rows by the column of this whole name: the smallest first, or the largest when `reverse`.
/// Numbers come before words, and what is missing or not a number last, in both orders. Equal rows stay
/// as they are. Throws an Error when there is no such column.
void sort_rows(OutputTable& output, const std::string& column, bool reverse);

/// Of the figures in a table.
constexpr int kFigureDigits = 4;

/// A figure with so many digits behind the point; what a run rises to before it diverges in short: 1.234e+09.
std::string rounded_figure(double value, int digits);

/// The numbers of a column rounded; when there are several rows, '*' after the best finite one.
std::vector<std::string> rounded(std::vector<std::string> cells, int digits, Better better);

}  // namespace nnrun
