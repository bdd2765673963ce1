#include "schedules/rates.h"

namespace nnrun {

using test::check_rates;
using test::contains;
using test::rates;
using test::schedule_mistake;

TEST_CASE("one_cycle: up and down in updates") {
  // p = 0.5 · 6 − 1 = 2: up in two updates, down in three.
  const std::string cycle = "one_cycle: {highest: 1, start_divisor: 5, end_divisor: 2, rise: 0.5";
  check_rates(rates(cycle + "}", 6, 6), {0.2, 0.6, 1, 0.775, 0.325, 0.1});
  check_rates(rates(cycle + "}", 3, 3, 2), {0.2, 1, 0.325});
  check_rates(rates(cycle + ", by: epoch}", 6, 6, 2), {0.2, 0.6, 1, 0.775, 0.325, 0.1});
}

TEST_CASE("one_cycle: it may do without rising, and without time") {
  // p = −1: the first update is a third of the way down already.
  check_rates(rates("one_cycle: {highest: 1, start_divisor: 1, end_divisor: 2, rise: 0}", 2, 2),
              {0.75, 0.5});
  check_rates(rates("one_cycle: {highest: 1, start_divisor: 5, end_divisor: 2, rise: 0.5}", 2, 2),
              {1, 0.1});
  check_rates(rates("one_cycle: {highest: 1, start_divisor: 5, end_divisor: 2}", 1, 1), {0.1});
}

TEST_CASE("one_cycle: options have their bounds") {
  CHECK(contains(schedule_mistake("one_cycle", "highest: 0"),
                 "one_cycle.highest: expected a real number > 0"));
  CHECK(contains(schedule_mistake("one_cycle", "highest: 1, start_divisor: 0"),
                 "one_cycle.start_divisor: expected a real number > 0"));
  CHECK(contains(schedule_mistake("one_cycle", "highest: 1, end_divisor: 0"),
                 "one_cycle.end_divisor: expected a real number > 0"));
  CHECK(contains(schedule_mistake("one_cycle", "highest: 1, rise: 1"),
                 "one_cycle.rise: expected a real number ≥ 0 and < 1, got 1"));
}

}  // namespace nnrun
