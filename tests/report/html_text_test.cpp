#include "report/html_text.h"

#include <nlohmann/json.hpp>

#include "support.h"

namespace nnrun {

TEST_CASE("html: text is shown, whatever it holds") {
  struct Row {
    std::string text;
    std::string html;
  };
  const std::vector<Row> rows = {
      {"plain 0.3", "plain 0.3"},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {R"(" onload='x' &amp;)", "&quot; onload=&#39;x&#39; &amp;amp;"},
      {"two\nlines\tand a tab", "two\nlines\tand a tab"},
      {std::string("\x1b[31m\x7f") + '\0', "\uFFFD[31m\uFFFD\uFFFD"},
      {"\xc2\x9b", "\uFFFD"},      // C1: a control sequence too
      {"caf\xe9", "caf\uFFFD"},    // Latin-1
      {"\xed\xa0\x80", "\uFFFD"},  // half of a pair
      {"😀 naïve \u202Eabc", "😀 naïve \u202Eabc"},
  };
  for (const Row& row : rows) CHECK_EQ(html_text(row.text), row.html);
}

TEST_CASE("html: a name cannot turn the direction of what stands around it") {
  CHECK_EQ(html_name("\u202Eabc<"), "<bdi>\u202Eabc&lt;</bdi>");
  CHECK_EQ(html_attribute("plain\""), "plain&quot;");
  CHECK_EQ(html_attribute("\u202Eabc"), "\u2068\u202Eabc\u2069");
}

TEST_CASE("html: no '<' is left in JSON, and it reads back the same") {
  const nlohmann::ordered_json json = {{"name", "</script><!-- \u2028"},
                                       {"values", {1.5, nullptr}}};
  const std::string text = html_json(json);
  CHECK_EQ(text.find('<'), std::string::npos);
  CHECK(nlohmann::ordered_json::parse(text) == json);
}

}  // namespace nnrun
