#include "base/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace nnrun {

CsvReader::CsvReader(std::string_view text, std::string name, char delimiter)
    : text_(text), name_(std::move(name)), delimiter_(delimiter) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  const auto zero = text_.find('\0');
  if (zero == std::string_view::npos) return;
  const auto before = text_.substr(0, zero);
  fail_at(1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
          "a NUL byte; expected text in UTF-8 (is it UTF-16, or no text at all?)");
}

bool CsvReader::next() {
  if (text_.empty()) return false;
  row_line_ = line_;
  std::size_t count = 0;
  do {
    if (count == cells_.size()) cells_.emplace_back();
    read_cell(cells_[count++]);
  } while (!ends_row());
  cells_.resize(count);
  return true;
}

void CsvReader::read_cell(std::string& cell) {
  cell.clear();
  text_.starts_with('"') ? read_quoted(cell) : read_plain(cell);
}

void CsvReader::read_quoted(std::string& cell) {
  const std::size_t begin = line_;
  do {
    text_.remove_prefix(1);
    const auto end = text_.find('"');
    if (end == std::string_view::npos) fail_at(begin, "a cell's quotes do not end");
    const auto part = text_.substr(0, end);
    line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    cell += part;
    text_.remove_prefix(end + 1);
    if (text_.starts_with('"')) cell += '"';  // doubled: it stands for itself, and the cell goes on
  } while (text_.starts_with('"'));
}

void CsvReader::read_plain(std::string& cell) {
  const char ends[] = {delimiter_, '\n', '\r', '"', '\0'};
  cell = text_.substr(0, text_.find_first_of(ends));
  text_.remove_prefix(cell.size());
  if (text_.starts_with('"')) {
    fail_at(line_,
            fmt::format("a quote inside a cell without quotes, after '{}'; quotes enclose the "
                        "whole cell, and are doubled within",
                        printable(cell)));
  }
}

/// After a cell: passes over the delimiter, or over the end of the row.
bool CsvReader::ends_row() {
  if (text_.empty()) return true;
  if (text_.starts_with(delimiter_)) {
    text_.remove_prefix(1);
    return false;
  }
  const bool both = text_.starts_with("\r\n");
  if (!both && !text_.starts_with('\n')) {
    fail_at(line_,
            text_.starts_with('\r')
                ? "a carriage return without a line feed; expected lines that end with either "
                  "LF or CRLF"
                : fmt::format("'{}' after a cell's closing quote; expected '{}' or the line's end",
                              printable(text_.substr(0, 1)), delimiter_));
  }
  text_.remove_prefix(both ? 2 : 1);
  ++line_;
  return true;
}

void CsvReader::fail_at(std::size_t line, const std::string& what) const {
  throw Error(fmt::format("{}:{}: {}", printable(name_), line, what));
}

}  // namespace nnrun
