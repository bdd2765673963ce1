#include "initializers/draws.h"

namespace nnrun {
namespace {

using test::check_independent_of_order;
using test::mistakes_in;

TEST_CASE("normal: mean and deviation are the options") {
  test::check_normal(test::draws("normal: {mean: 5, stddev: 0.1}"), 5, 0.1);
}

TEST_CASE("normal: defaults are 0 and 0.01") {
  test::check_normal(test::draws("normal"), 0, 0.01);
  CHECK_EQ(test::read_from<Initializer>("normal").resolved, "{normal: {mean: 0, stddev: 0.01}}");
}

TEST_CASE("normal: the deviation must be positive") {
  for (const char* value : {"0", "-1"}) {
    const auto text = "normal: {stddev: " + std::string(value) + "}";
    CHECK_EQ(mistakes_in<Initializer>(text),
             "test:1:18: normal.stddev: expected a real number > 0, got " + std::string(value));
  }
}

TEST_CASE("normal: an element depends on its number alone") {
  check_independent_of_order("normal: {mean: 1}");
}

}  // namespace
}  // namespace nnrun
