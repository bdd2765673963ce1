// Rows of comma-separated values as RFC 4180 describes them, read without trusting a byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nnrun {

/// The rows of a text, one after the other. A row ends with LF, CRLF or the text; a cell in quotes may hold
/// delimiters, line ends and doubled quotes. A UTF-8 byte order mark at the beginning is passed over.
/// Errors name the file and the line: a quote out of place, quotes that do not end, a carriage return
/// alone, a NUL byte.
class CsvReader {
 public:
  /// `text` outlives the reader; `name` is the file's. `delimiter` is no quote and no line end.
  CsvReader(std::string_view text, std::string name, char delimiter);

  /// Reads the next row; false at the end.
  bool next();
  /// The cells of the row, quotes taken away. An empty line is a row of one empty cell.
  const std::vector<std::string>& cells() const { return cells_; }
  /// Where the row begins, counted from 1.
  std::size_t line() const { return row_line_; }

  /// Throws "FILE:LINE: what" for the row at hand.
  [[noreturn]] void fail(const std::string& what) const { fail_at(row_line_, what); }

 private:
  void read_cell(std::string& cell);
  void read_quoted(std::string& cell);
  void read_plain(std::string& cell);
  bool ends_row();
  [[noreturn]] void fail_at(std::size_t line, const std::string& what) const;

  std::string_view text_;  ///< what is left
  std::string name_;
  char delimiter_;
  std::size_t line_ = 1;
  std::size_t row_line_ = 1;
  std::vector<std::string> cells_;
};

}  // namespace nnrun
