#include "core/condition.h"

#include <limits>

#include "core/quantity.h"
#include "support.h"

namespace nnrun {

using namespace test;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct ConditionRead {
  Condition condition;
  std::string mistakes;
};

/// The option `when` of a document that gives it as `text` of YAML.
ConditionRead read(const std::string& text) {
  Node node = parse("when: " + text);
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  Options options(Slot{&node, {}, &reading});
  auto condition = read_condition(options, "when");
  options.finish();
  return {std::move(condition), diagnostics.text()};
}

using Rows = std::vector<bool>;

}  // namespace

TEST_CASE("condition: every comparison and every term, row by row") {
  const Curves curves = {{"x", "y2"}, {{1, 2, 2, 0}, {2, 2, 1, 1}}, {}};
  struct Case {
    std::string text;
    Rows holds;
  };
  const std::vector<Case> cases = {
      {"x > 1", {false, true, true, false}},
      {"x >= 1", {true, true, true, false}},
      {"x < 1", {false, false, false, true}},
      {"x <= 1", {true, false, false, true}},
      {"x == 2", {false, true, true, false}},
      {"2 == x", {false, true, true, false}},
      {"x < y2", {true, false, false, true}},
      {"x > start(x)", {false, true, true, false}},
      {"change(x) >= 0", {false, true, true, false}},  // not defined at row 0
      {"change(x) < 1", {false, false, true, true}},
      {"change(x) > change(y2)", {false, true, true, false}},
      {"\"x>-1e-3\"", {true, true, true, true}},
      {"\" start( x )==1 \"", {true, true, true, true}},
      {"x < none", {false, false, false, false}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const auto found = read(each.text);
    CHECK_EQ(found.mistakes, "");
    CHECK(found.condition.rows(curves) == each.holds);
  }
}

TEST_CASE("condition: NaN makes it false, whatever is compared") {
  const Curves curves = {{"x"}, {{kNaN, 1, kNaN}}, {}};
  for (const char* text : {"x < 5", "x > -5", "x == x", "start(x) <= 1", "change(x) < 5"}) {
    CAPTURE(text);
    const auto rows = read(text).condition.rows(curves);
    CHECK_FALSE(rows[0]);
    CHECK_FALSE(rows[2]);
  }
}

TEST_CASE("condition: one row, and none") {
  CHECK(read("x > 0").condition.rows({{"x"}, {{1}}, {}}) == Rows{true});
  CHECK(read("change(x) > 0").condition.rows({{"x"}, {{1}}, {}}) == Rows{false});
  CHECK(read("x > 0").condition.rows({}) == Rows{});
  CHECK(read("start(x) > 0").condition.rows({{"x"}, {{}}, {}}) == Rows{});
  CHECK(Condition().rows({{"x"}, {{1}}, {}}) == Rows{false});
}

TEST_CASE("condition: what cannot be read is told with the part that is wrong") {
  const std::string term = "a number, a column, change(COLUMN) or start(COLUMN)";
  const std::string comparison = "<, <=, >, >= or ==";
  struct Case {
    std::string text;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"x", "expected " + comparison + " after 'x', got the end"},
      {"x 5", "expected " + comparison + " after 'x', got '5'"},
      {"x >", "expected " + term + " after '>', got the end"},
      {"\"> 5\"", "expected " + term + ", got '> 5'"},
      {"x >> 5", "unknown comparison '>>'; expected " + comparison},
      {"x = 5", "unknown comparison '='; expected " + comparison},
      {"x != 5", "unknown comparison '!='; expected " + comparison},
      {"x > 0,5", "'0,5' is no decimal number"},
      {"x > 0x10", "'0x10' is no decimal number"},
      {"x > 1.2.3", "'1.2.3' is no decimal number"},
      {"x > 5 and y > 5", "expected nothing more after '5', got 'and y > 5'"},
      {"delta(x) > 5", "unknown function 'delta'; known: change(COLUMN), start(COLUMN)"},
      {"chnage(x) > 5", "unknown function 'chnage'; did you mean 'change'?"},
      {"change(5) > 5", "expected a column after 'change(', got '5) > 5'"},
      {"change(x > 5", "expected ')' after 'x', got '> 5'"},
      {"change(x) - 1 > 5", "expected " + comparison + " after ')', got '- 1 > 5'"},
      {"1 < 2", "it names no column"},
      {"\"\"", "expected " + term + ", got the end"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const bool quoted = each.text.front() == '"';
    const std::string text = quoted ? each.text.substr(1, each.text.size() - 2) : each.text;
    CHECK_EQ(read(each.text).mistakes,
             "test:1:7: when: cannot read the condition \"" + text + "\": " + each.message);
  }
}

TEST_CASE("condition: a mapping is none, and it must be there") {
  CHECK_EQ(read("{x: 5}").mistakes,
           "test:1:7: when: expected a condition, such as \"validation_accuracy >= 0.99\", got a "
           "mapping");
  CHECK_EQ(mistakes_in<Quantity>("count: {}"),
           "test:1:8: count: missing key 'when': expected a condition, such as "
           "\"validation_accuracy >= 0.99\"");
}

TEST_CASE("condition: what decimals make in binary does not count") {
  const Curves curves = {{"x"}, {{0.8, 0.9, 0.82, 0.8199999}}, {}};
  CHECK_EQ(read("change(x) > 0.1").condition.rows(curves), Rows{false, false, false, false});
  CHECK_EQ(read("change(x) == 0.1").condition.rows(curves), Rows{false, true, false, false});
  CHECK_EQ(read("change(x) <= -0.08").condition.rows(curves), Rows{false, false, true, false});
  CHECK_EQ(read("change(x) < 0").condition.rows(curves), Rows{false, false, true, true});
}

}  // namespace nnrun
