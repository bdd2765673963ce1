// Rows of named cells as text: for a person, a program or a page.
#pragma once

#include <string>
#include <vector>

#include "report/output_table.h"

namespace nnrun {

/// `table`: aligned, for a terminal of 100 columns; `csv`: RFC 4180; `json`: a list of objects;
/// `markdown`: a table of GitHub's dialect.
enum class OutputFormat { kTable, kCsv, kJson, kMarkdown };

/// "table", "csv", "json", "markdown": the default first.
const std::vector<std::string>& output_format_names();

/// The format of one of these names.
OutputFormat output_format(const std::string& name);

/// The table in this format, ended by a line feed.
std::string to_text(const OutputTable& output, OutputFormat format);

}  // namespace nnrun
