#include "config/range.h"

#include "config/options.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::parse;

std::string values(const std::string& text) {
  Node node = parse(text);
  REQUIRE(is_range(node));
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  const auto range = read_range({&node, Path() / "x", &reading});
  if (!range) return diagnostics.text();
  Node list = Node::sequence();
  list.items = range->values({});
  return to_line(list);
}

TEST_CASE("range: numbers at equal distances, or at equal ratios, and whole ones") {
  CHECK_EQ(values("linear: {from: 0, to: 0.3, points: 4}"), "[0, 0.1, 0.2, 0.3]");
  CHECK_EQ(values("linear: {from: -1, to: 1, points: 3}"), "[-1, 0, 1]");
  CHECK_EQ(values("log: {from: 0.01, to: 10, points: 4}"), "[0.01, 0.1, 1, 10]");
  CHECK_EQ(values("log: {from: 1, to: 10, points: 3}"), "[1, 3.16228, 10]");
  CHECK_EQ(values("integers: {from: 2, to: 5}"), "[2, 3, 4, 5]");
  CHECK_EQ(values("integers: {from: 16, to: 50, step: 16}"), "[16, 32, 48]");
  CHECK_EQ(values("integers: {from: 1000000000000000, to: 1000000000000001}"),
           "[1000000000000000, 1000000000000001]");
}

TEST_CASE("range: the ends are as they are written, the rest has six digits") {
  CHECK_EQ(values("log: {from: 0.012345678, to: 0.98765432, points: 3}"),
           "[0.012345678, 0.110423, 0.98765432]");
}

TEST_CASE("range: without points it is what lies between the ends") {
  Node node = parse("log: {from: 1, to: 100}");
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  const auto range = read_range({&node, {}, &reading});
  REQUIRE(range);
  CHECK_EQ(range->points, 0);
  CHECK_EQ(range->at(0), 1);
  CHECK_EQ(range->at(0.5), 10);
  CHECK_EQ(range->at(1), 100);
}

TEST_CASE("range: only a mapping of one of its names is one") {
  for (const char* text : {"log", "log: 3", "{log: {from: 1}, linear: {from: 1}}", "[1, 2]",
                           "exponential: {from: 1, to: 2}"}) {
    CAPTURE(text);
    CHECK_FALSE(is_range(parse(text)));
  }
}

TEST_CASE("range: mistakes have their place") {
  CHECK(contains(values("log: {from: -1, to: 1, points: 3}"),
                 "test:1:13: x.log.from: expected a real number > 0, got -1"));
  CHECK(contains(values("linear: {from: 1, to: 1, points: 3}"),
                 "to: expected a number above from, 1"));
  CHECK(contains(values("linear: {from: 1, to: 2, points: 1}"),
                 "points: expected a whole number from 2 to 100000, got 1"));
  CHECK(contains(values("integers: {from: 1.5, to: 2}"), "from: expected a whole number"));
  CHECK(contains(values("linear: {to: 2}"), "missing key 'from'"));
}

}  // namespace
}  // namespace nnrun
