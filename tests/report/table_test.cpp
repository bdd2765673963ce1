#include "report/table.h"

#include "support.h"

namespace nnrun {

TEST_CASE("table: text to the left, numbers to the right, no blanks at the end") {
  CHECK_EQ(table({{"name", "value", "note"}, {"a", "1", ""}, {"longer", "12.5", "x"}}),
           "name    value  note\n"
           "a           1\n"
           "longer   12.5  x\n");
}

TEST_CASE("table: width counts letters, not bytes, and nothing reaches the terminal raw") {
  CHECK_EQ(table({{"a", "b"}, {"é", "1"}, {"\x1b[31m", "2"}}),
           "a         b\n"
           "é         1\n"
           "\\x1b[31m  2\n");
}

}  // namespace nnrun
