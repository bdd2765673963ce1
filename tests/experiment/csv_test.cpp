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

}  // namespace nnrun
