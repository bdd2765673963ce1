#include "report/file_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/file.h"
#include "base/text.h"
#include "experiment/csv.h"
#include "report/mismatches.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 32U;

bool stands(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

/// A CSV file without quotes, such as metrics.csv, kept as its text.
class CsvText {
 public:
  explicit CsvText(const fs::path& path) : text_(read_file(path, kLargestFile)) {
    std::string_view rest = text_;
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      lines_.push_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (!lines_.empty()) header_ = split_csv(lines_.front());
  }
  CsvText(const CsvText&) = delete;
  CsvText& operator=(const CsvText&) = delete;
  CsvText(CsvText&&) = delete;
  CsvText& operator=(CsvText&&) = delete;
  ~CsvText() = default;

  const std::string& text() const { return text_; }
  const std::vector<std::string_view>& header() const { return header_; }
  std::size_t rows() const { return lines_.empty() ? 0 : lines_.size() - 1; }
  std::vector<std::string_view> row(std::size_t r) const {
    auto cells = split_csv(lines_[r + 1]);
    cells.resize(header_.size());
    return cells;
  }
  std::string cell(std::size_t r, std::size_t c) const { return std::string(row(r)[c]); }

 private:
  std::string text_;
  std::vector<std::string_view> lines_;  ///< parts of the text
  std::vector<std::string_view> header_;
};

double number(std::string_view cell) {
  return parse_real(cell).value_or(std::numeric_limits<double>::quiet_NaN());
}

/// Two CSV files cell by cell, in the columns and rows that both have.
class CsvPair {
 public:
  CsvPair(const CsvText& a, const CsvText& b) : a_(a), b_(b) {
    for (std::size_t c = 0; c < a.header().size(); ++c) {
      const auto found = std::find(b.header().begin(), b.header().end(), a.header()[c]);
      if (found == b.header().end()) continue;
      common_.emplace_back(c, static_cast<std::size_t>(found - b.header().begin()));
    }
    for (std::size_t r = 0; r < std::min(a.rows(), b.rows()); ++r) add_row(r);
  }

  const Mismatches& cells() const { return cells_; }
  const Mismatches& rows() const { return rows_; }

  std::string column(std::size_t place) const {
    return printable(a_.header()[common_[place % common_.size()].first]);
  }
  std::size_t row(std::size_t place) const { return place / common_.size(); }
  std::string values(std::size_t place) const {
    const auto [left, right] = common_[place % common_.size()];
    return both(a_.cell(row(place), left), b_.cell(row(place), right));
  }

 private:
  void add_row(std::size_t r) {
    const auto left = a_.row(r);
    const auto right = b_.row(r);
    const std::size_t before = cells_.differing();
    for (std::size_t i = 0; i < common_.size(); ++i) {
      const std::string_view a = left[common_[i].first];
      const std::string_view b = right[common_[i].second];
      if (a == b) {
        cells_.same();
      } else {
        cells_.differs(r * common_.size() + i, number(a), number(b));
      }
    }
    if (cells_.differing() == before) {
      rows_.same();
    } else {
      rows_.differs(r, 0, 0);
    }
  }

  const CsvText& a_;
  const CsvText& b_;
  std::vector<std::pair<std::size_t, std::size_t>> common_;  ///< a column's place in a and in b
  Mismatches cells_;
  Mismatches rows_;
};

void add_columns_only_in(std::vector<std::string>& lines, const char* side, const CsvText& a,
                         const CsvText& b) {
  std::string names;
  for (const std::string_view name : a.header()) {
    const auto found = std::find(b.header().begin(), b.header().end(), name);
    if (found == b.header().end()) names += (names.empty() ? "" : ", ") + printable(name);
  }
  if (!names.empty()) lines.push_back(fmt::format("columns only in {}: {}", side, names));
}

/// What differs between two confusion matrices, or nothing.
std::string confusion_line(const fs::path& a, const fs::path& b) {
  const bool in_a = stands(a);
  const bool in_b = stands(b);
  if (in_a != in_b) return fmt::format("only in {}", in_a ? "A" : "B");
  if (!in_a) return {};
  const CsvText left(a);
  const CsvText right(b);
  if (left.text() == right.text()) return {};
  const CsvPair pair(left, right);
  if (left.header() != right.header() || left.rows() != right.rows() || pair.cells().all_same()) {
    return "other rows or columns";
  }
  const std::size_t first = pair.cells().first();
  return fmt::format("{} differ; first at true class {}, predicted {}: {}",
                     share(pair.cells(), "cells"), pair.row(first), pair.column(first),
                     pair.values(first));
}

}  // namespace

FileDifference metrics_difference(const fs::path& a, const fs::path& b) {
  const CsvText left(a / "metrics.csv");
  const CsvText right(b / "metrics.csv");
  FileDifference found{left.rows(), left.header().size(), 0, {}};
  if (left.text() == right.text()) return found;
  add_columns_only_in(found.lines, "A", left, right);
  add_columns_only_in(found.lines, "B", right, left);
  if (left.rows() != right.rows()) {
    found.lines.push_back(fmt::format("rows: {} | {}", left.rows(), right.rows()));
  }
  const CsvPair pair(left, right);
  const Mismatches& cells = pair.cells();
  const auto place = [&](std::size_t at) {
    return fmt::format("epoch {}, {}", pair.row(at), pair.column(at));
  };
  if (!cells.all_same()) {
    found.lines.push_back(
        fmt::format("first at {}: {}", place(cells.first()), pair.values(cells.first())));
    found.lines.push_back(fmt::format("{} differ, in {}{}", share(cells, "cells"),
                                      share(pair.rows(), "rows"),
                                      largest_text(cells, " at " + place(cells.largest_place()))));
  } else if (found.lines.empty()) {
    found.lines.emplace_back("the same cells in other bytes");
  }
  for (std::string& line : found.lines) line.insert(0, "metrics.csv: ");
  return found;
}

FileDifference confusion_difference(const fs::path& a, const fs::path& b) {
  FileDifference found;
  for (const char* name : {"confusion.csv", "confusion_validation.csv"}) {
    const std::string line = confusion_line(a / name, b / name);
    if (!line.empty()) found.lines.push_back(fmt::format("{}: {}", name, line));
  }
  return found;
}

}  // namespace nnrun
