#include "base/csv_reader.h"

#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;

using Rows = std::vector<std::vector<std::string>>;

Rows rows(std::string_view text, char delimiter = ',') {
  CsvReader reader(text, "t.csv", delimiter);
  Rows all;
  while (reader.next()) all.push_back(reader.cells());
  return all;
}

std::string mistake(std::string_view text) {
  return error_of([&] { rows(text); });
}

TEST_CASE("csv reader: cells, rows and line ends") {
  CHECK(rows("") == Rows{});
  CHECK(rows("a,b\n1,2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows("a,b\r\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows("a,\n,b\n") == Rows{{"a", ""}, {"", "b"}});
  CHECK(rows("a;b,c\n", ';') == Rows{{"a", "b,c"}});
  CHECK(rows("a\n\nb\n") == Rows{{"a"}, {""}, {"b"}});
}

TEST_CASE("csv reader: cells in quotes") {
  CHECK(rows("\"a\",\"b,c\"\n") == Rows{{"a", "b,c"}});
  CHECK(rows("\"say \"\"yes\"\"\",\"\"\n") == Rows{{"say \"yes\"", ""}});
  CHECK(rows("\"\"\"\",1\n") == Rows{{"\"", "1"}});
  CHECK(rows("\"two\r\nlines\",x\r\n") == Rows{{"two\r\nlines", "x"}});
}

TEST_CASE("csv reader: a byte order mark is no part of the first cell") {
  CHECK(rows("\xef\xbb\xbf"
             "a,b\n") == Rows{{"a", "b"}});
}

TEST_CASE("csv reader: a row knows its line, though cells span lines") {
  CsvReader reader("a\n\"x\ny\"\nb\n", "t.csv", ',');
  std::vector<std::size_t> lines;
  while (reader.next()) lines.push_back(reader.line());
  CHECK(lines == std::vector<std::size_t>{1, 2, 4});
}

TEST_CASE("csv reader: what is not as it should be is named with its line") {
  CHECK(contains(mistake("a\nb\"c\n"), "t.csv:2: a quote inside a cell without quotes, after 'b'"));
  CHECK(contains(mistake("a\n\"b\nc"), "t.csv:2: a cell's quotes do not end"));
  CHECK(
      contains(mistake("a\n\"b\"c\n"), "t.csv:2: 'c' after a cell's closing quote; expected ','"));
  CHECK(contains(mistake("a\nb\rc\n"), "t.csv:2: a carriage return without a line feed"));
  CHECK(contains(mistake(std::string_view("a\nb\0c\n", 6)), "t.csv:2: a NUL byte"));
}

}  // namespace
}  // namespace nnrun
