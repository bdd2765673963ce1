#include "report/markdown.h"

#include "support.h"

namespace nnrun {

TEST_CASE("markdown: text is shown as it is") {
  CHECK_EQ(markdown_text("a | b\nc"), "a \\| b c");
  CHECK_EQ(markdown_text("loss [nats] *x* `y` <b> ~z~ &amp; $q$"),
           "loss \\[nats\\] \\*x\\* \\`y\\` \\<b> \\~z\\~ \\&amp; \\$q\\$");
  CHECK_EQ(markdown_text("# no heading #"), "\\# no heading #");
  CHECK_EQ(markdown_text("- no item - "), "\\- no item - ");
  CHECK_EQ(markdown_text("> 0.98"), "\\> 0.98");
}

TEST_CASE("markdown: code is shown as it is") {
  CHECK_EQ(markdown_code("dense: {units: 3}"), "`dense: {units: 3}`");
  CHECK_EQ(markdown_code("a `b` c"), "`` a `b` c ``");
}

TEST_CASE("markdown: a table aligns numbers to the right") {
  CHECK_EQ(markdown_header({"a", "b"}, {false, true}), "| a | b |\n| --- | ---: |\n");
  CHECK_EQ(markdown_row({"x|y", ""}), "| x\\|y |  |\n");
}

}  // namespace nnrun
