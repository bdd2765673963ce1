#include "schedules/rates.h"

namespace nnrun {

using test::check_rates;
using test::contains;
using test::rates;
using test::schedule_mistake;

TEST_CASE("multi_step: the rate falls at the given times") {
  check_rates(rates("multi_step: {from: 1, at: [1, 4]}", 6, 6), {1, 0.1, 0.1, 0.1, 0.01, 0.01});
}

TEST_CASE("multi_step: times that are no ascending whole numbers are told with their place") {
  CHECK_EQ(test::mistakes_in<Schedule>("multi_step: {from: 1, at: [3, 0, x, 1.5, \"4\"]}"),
           "test:1:31: multi_step.at[1]: expected a whole number ≥ 1, got 0\n"
           "test:1:34: multi_step.at[2]: expected a whole number ≥ 1, got 'x'\n"
           "test:1:37: multi_step.at[3]: expected a whole number ≥ 1, got 1.5\n"
           "test:1:42: multi_step.at[4]: expected a whole number ≥ 1, got the text \"4\"");
  CHECK_EQ(test::mistakes_in<Schedule>("multi_step: {from: 1, at: [3, 3]}"),
           "test:1:31: multi_step.at[1]: expected a whole number above the 3 before it, got 3");
  CHECK_EQ(test::mistakes_in<Schedule>("multi_step: {from: 1, at: []}"),
           "test:1:27: multi_step.at: expected a list of at least one item, got an empty list");
  CHECK(contains(test::mistakes_in<Schedule>("multi_step: {from: 1, at: 3}"),
                 "expected a list of at least one item"));
}

TEST_CASE("multi_step: options have their bounds") {
  CHECK(contains(schedule_mistake("multi_step", "at: [1]"), "missing key 'from'"));
  CHECK(contains(schedule_mistake("multi_step", "from: 1"), "missing key 'at'"));
  CHECK(contains(schedule_mistake("multi_step", "from: 1, at: [1], factor: -1"),
                 "multi_step.factor: expected a real number > 0"));
}

}  // namespace nnrun
