#include "experiment/csv.h"

#include "support.h"

namespace nnrun {

TEST_CASE("csv: cells are quoted only where they must be") {
  CHECK_EQ(csv_line({"a", "", "0.5"}), "a,,0.5\n");
  CHECK_EQ(csv_line({"a,b", "say \"x\"", "two\nlines"}),
           "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\n");
}

TEST_CASE("csv: a line without quotes comes apart again") {
  CHECK(split_csv("a,,0.5") == std::vector<std::string_view>{"a", "", "0.5"});
  CHECK(split_csv("") == std::vector<std::string_view>{""});
}

TEST_CASE("csv: a line is read back as it was written") {
  const std::vector<std::string> cells = {"a,b", "say \"no\"", "", "plain", "\"", ","};
  std::string line = csv_line(cells);
  line.pop_back();
  CHECK(csv_cells(line) == cells);
  CHECK(csv_cells("") == std::vector<std::string>{""});
}

}  // namespace nnrun
