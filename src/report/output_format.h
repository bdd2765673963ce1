// Rows of named cells as text: for a person, a program or a page.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nnrun {

/// `table`: aligned, for a terminal of 100 columns; `csv`: RFC 4180; `json`: a list of objects;
/// `markdown`: a table of GitHub's dialect.
enum class OutputFormat { kTable, kCsv, kJson, kMarkdown };

/// "table", "csv", "json", "markdown": the default first.
const std::vector<std::string>& output_format_names();

/// The format of one of these names.
OutputFormat output_format(const std::string& name);

/// Which value of a column is its best.
enum class Better { kNeither, kLower, kHigher };

struct OutputColumn {
  std::string name;        ///< "loss"
  std::string group = {};  ///< "final_validation": the whole name is final_validation_loss
  bool numbers = false;    ///< cells that are numbers are numbers in JSON
  /// Digits behind the point, in the table; all other formats have every digit.
  std::optional<int> digits = {};
  Better better = Better::kNeither;  ///< the table marks the best with '*'

  std::string whole_name() const { return group.empty() ? name : group + "_" + name; }
};

/// An empty cell is a missing one: null in JSON. Numbers are written as shortest() does.
struct OutputTable {
  std::vector<OutputColumn> columns;
  std::vector<std::vector<std::string>> rows;  ///< a cell for each column
};

/// The table in this format, ended by a line feed. What is wider than 100 columns is cut into
/// blocks that each begin with the first column; names of one group share a heading.
std::string to_text(const OutputTable& output, OutputFormat format);

/// Of the figures in a table.
constexpr int kFigureDigits = 4;

/// The numbers of a column rounded; when there are several rows, '*' after the best finite one.
std::vector<std::string> rounded(std::vector<std::string> cells, int digits, Better better);

}  // namespace nnrun
