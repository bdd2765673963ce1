#include "report/output_table.h"

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

OutputTable table_of(const std::vector<std::string>& cells) {
  OutputTable table;
  table.columns = {{.name = "loss", .group = "test"}, {.name = "at"}};
  for (std::size_t r = 0; r < cells.size(); ++r) {
    table.rows.push_back({cells[r], std::to_string(r)});
  }
  return table;
}

/// The rows' numbers after they were sorted by their cells.
std::string order(const std::vector<std::string>& cells, bool reverse) {
  OutputTable table = table_of(cells);
  sort_rows(table, "test_loss", reverse);
  std::string rows;
  for (const auto& row : table.rows) rows += row[1];
  return rows;
}

}  // namespace

TEST_CASE("output_table: rows are sorted as numbers, then words; what is missing comes last") {
  const std::vector<std::string> cells = {"", "full", "1e-05", "nan", "-inf", "128", "inf", "all"};
  CHECK_EQ(order(cells, false), "42567103");
  // No order makes a missing value the best.
  CHECK_EQ(order(cells, true), "65241703");
}

TEST_CASE("output_table: equal rows stay as they are, in both orders") {
  CHECK_EQ(order({"2", "1", "2", "1"}, false), "1302");
  CHECK_EQ(order({"2", "1", "2", "1"}, true), "0213");
}

TEST_CASE("output_table: a column that is not there is told with the nearest and with all") {
  OutputTable table = table_of({"1"});
  CHECK_EQ(error_of([&] { sort_rows(table, "test_lost", false); }),
           "no column 'test_lost'; did you mean 'test_loss'? columns: test_loss, at");
  CHECK_EQ(error_of([&] { sort_rows(table, "flower", false); }),
           "no column 'flower'; columns: test_loss, at");
}

TEST_CASE("output_table: details go with their cells") {
  OutputTable table = table_of({"1", "2"});
  table.columns[0].detail = true;
  const OutputTable rest = without_details(table);
  CHECK_EQ(whole_names(rest), std::vector<std::string>{"at"});
  CHECK_EQ(rest.rows, std::vector<std::vector<std::string>>{{"0"}, {"1"}});
}

TEST_CASE("output_table: a huge number is told in short, and marked") {
  const std::vector<std::string> found =
      rounded({"2901925304549032e15", "999999", "-1e6", "nan"}, 4, Better::kHigher);
  CHECK_EQ(found, std::vector<std::string>{"2.902e+30*", "999999.0000 ", "-1.000e+06 ", "nan"});
}

}  // namespace nnrun
