#include "core/csv_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace nnrun {

CsvTable::CsvTable(const std::string& path, std::string_view text, char delimiter)
    : path_(path), rows_(text, path, delimiter) {
  if (!rows_.next()) throw Error(printable(path) + ": empty; expected a header line");
  header_ = rows_.cells();
  std::set<std::string> seen;
  for (const std::string& name : header_) {
    if (name.empty()) fail("a column without a name; expected a header line");
    if (!seen.insert(name).second) fail(fmt::format("two columns are named '{}'", printable(name)));
  }
}

bool CsvTable::next() {
  if (!rows_.next()) return false;
  const std::size_t found = cells().size();
  if (found == header_.size() && !(found == 1 && cells()[0].empty())) return true;
  if (found == 1 && cells()[0].empty()) fail("an empty line");
  fail(fmt::format("{}, but the header has {}", counted(found, "cell"), header_.size()));
}

std::size_t CsvTable::column(const std::string& name, const std::string& option) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found != header_.end()) return static_cast<std::size_t>(found - header_.begin());
  throw Error(fmt::format("{}:1: no column '{}', which {} names{}; columns: {}", printable(path_),
                          printable(name), option, suggestion(name, header_),
                          printable(fmt::format("{}", fmt::join(header_, ", ")))));
}

void CsvTable::fail(std::size_t column, const std::string& what) const {
  fail(fmt::format("column '{}': {}", printable(header_[column]), what));
}

}  // namespace nnrun
