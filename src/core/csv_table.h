// A file of comma-separated values under a header line that names its columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv_reader.h"

namespace nnrun {

/// Its rows, one after the other, each with as many cells as the header. Errors name the file and the line.
class CsvTable {
 public:
  /// `text`, the file's, outlives the table. Refuses an empty file, and columns that have no name or the
  /// same.
  CsvTable(const std::string& path, std::string_view text, char delimiter);

  const std::string& path() const { return path_; }
  const std::vector<std::string>& header() const { return header_; }

  /// Reads the next row; false at the end.
  bool next();
  const std::vector<std::string>& cells() const { return rows_.cells(); }
  std::size_t line() const { return rows_.line(); }

  /// The place of the column that an option of this name asks for, which must be there.
  std::size_t column(const std::string& name, const std::string& option) const;

  /// Throws for the row at hand, and for a cell of it.
  [[noreturn]] void fail(const std::string& what) const { rows_.fail(what); }
  [[noreturn]] void fail(std::size_t column, const std::string& what) const;

 private:
  std::string path_;
  CsvReader rows_;
  std::vector<std::string> header_;
};

}  // namespace nnrun
