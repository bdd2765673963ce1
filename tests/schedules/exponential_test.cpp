#include "schedules/rates.h"

namespace nnrun {

using test::check_rates;
using test::contains;
using test::rates;
using test::schedule_mistake;

TEST_CASE("exponential: the same factor each time") {
  check_rates(rates("exponential: {from: 0.8, factor: 0.5}", 3, 3), {0.8, 0.4, 0.2});
}

TEST_CASE("exponential: time may be counted in updates") {
  check_rates(rates("exponential: {from: 0.8, factor: 0.5, by: update}", 3, 3, 2),
              {0.8, 0.2, 0.05});
}

TEST_CASE("exponential: options have their bounds") {
  CHECK(contains(schedule_mistake("exponential", "from: 0, factor: 1"),
                 "exponential.from: expected a real number > 0"));
  CHECK(contains(schedule_mistake("exponential", "from: 1, factor: 0"),
                 "exponential.factor: expected a real number > 0"));
  CHECK(contains(schedule_mistake("exponential", "from: 1, factor: 1, by: batch"),
                 "expected epoch | update, got 'batch'"));
}

}  // namespace nnrun
