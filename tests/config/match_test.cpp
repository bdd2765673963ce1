#include "config/match.h"

#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;
using test::parse;

TEST_CASE("match: numbers by value, names by name, mappings by the keys of the pattern") {
  struct Row {
    const char* pattern;
    const char* value;
    bool same;
  };
  const std::vector<Row> rows = {
      {"0.30", "0.3", true},
      {"1", "1.0", true},
      {"2", "0.3", false},
      {"'1'", "1.0", false},
      {"full", "full", true},
      {"full", "32", false},
      {"adam", "adam: {beta1: 0.9}", true},
      {"adam", "momentum: {momentum: 0.9}", false},
      {"{adam: {}}", "adam", true},
      {"adam: {beta1: 0.9}", "adam: {beta1: 0.90, beta2: 0.99}", true},
      {"adam: {beta1: 0.5}", "adam: {beta1: 0.90, beta2: 0.99}", false},
      {"adam: {beta1: 0.5}", "adam", false},
      {"[1, 2]", "2", true},
      {"[1, 3]", "2", false},
      {"[accuracy]", "[accuracy]", true},
      {"[accuracy]", "[accuracy, f1]", false},
      {"[[accuracy], [f1]]", "[f1]", true},
      {"[]", "[]", true},
      {"[]", "2", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    CAPTURE(row.value);
    CHECK_EQ(matches(parse(row.pattern), parse(row.value)), row.same);
  }
}

TEST_CASE("match: a pattern's fields must all be there") {
  const Node document = parse("{seed: 2, network: [{dense: {units: 8}}]}");
  CHECK(matches(parse_pattern("seed=2,network.0.dense.units=8"), document));
  CHECK_FALSE(matches(parse_pattern("seed=2,network.0.dense.units=9"), document));
  CHECK_FALSE(matches(parse_pattern("seed=2,epochs=9"), document));
  CHECK(matches(parse_pattern("seed=[1, 2],network.0={dense: {units: 8}}"), document));
}

TEST_CASE("match: what is no pattern is refused") {
  CHECK(contains(error_of([] { parse_pattern("seed=[1"); }), "seed=[1"));
  CHECK(contains(error_of([] { parse_pattern("seed"); }), "expected PATH=VALUE,…"));
}

}  // namespace
}  // namespace nnrun
