// Tables and text of GitHub's Markdown.
#pragma once

#include <string>
#include <vector>

namespace nnrun {

/// The text on one line, so that it is shown as it is and ends no cell.
std::string markdown_text(const std::string& text);

/// The text as code, on one line; not for a cell of a table, where a `|` would end it.
std::string markdown_code(const std::string& text);

/// A row of a table; its cells are shown as they are.
std::string markdown_row(const std::vector<std::string>& cells);

/// The first row of a table with the line below it; where `numbers` says so, a column is aligned to
/// the right.
std::string markdown_header(const std::vector<std::string>& names,
                            const std::vector<bool>& numbers = {});

}  // namespace nnrun
