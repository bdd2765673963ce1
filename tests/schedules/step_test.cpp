#include "schedules/rates.h"

namespace nnrun {

using test::check_rates;
using test::contains;
using test::rates;
using test::schedule_mistake;

TEST_CASE("step: the rate falls every two epochs") {
  check_rates(rates("step: {from: 0.8, factor: 0.5, every: 2}", 5, 5), {0.8, 0.8, 0.4, 0.4, 0.2});
  check_rates(rates("step: {from: 1, every: 1}", 2, 5), {1, 0.1});
}

TEST_CASE("step: warm-up rises to the first rate, and the schedule begins after it") {
  check_rates(rates("step: {from: 0.8, factor: 0.5, every: 2, warm_up: 2}", 5, 5),
              {0.4, 0.8, 0.8, 0.8, 0.4});
}

TEST_CASE("step: options have their bounds") {
  CHECK(contains(schedule_mistake("step", "from: 0, every: 1"),
                 "step.from: expected a real number > 0, got 0"));
  CHECK(contains(schedule_mistake("step", "from: 1, every: 0"),
                 "step.every: expected a whole number ≥ 1, got 0"));
  CHECK(contains(schedule_mistake("step", "from: 1, every: 1, factor: 0"),
                 "step.factor: expected a real number > 0"));
  CHECK(contains(schedule_mistake("step", "from: 1"), "missing key 'every'"));
}

}  // namespace nnrun
