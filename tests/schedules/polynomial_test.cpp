#include "schedules/rates.h"

namespace nnrun {

using test::check_rates;
using test::contains;
using test::rates;
using test::schedule_mistake;

TEST_CASE("polynomial: a straight line to 0 by default") {
  check_rates(rates("polynomial: {from: 0.8}", 4, 4), {0.8, 0.6, 0.4, 0.2});
}

TEST_CASE("polynomial: a parabola to another rate") {
  // 0.8 · (1 − t / 4)² + 0.1
  check_rates(rates("polynomial: {from: 0.9, to: 0.1, power: 2}", 4, 4), {0.9, 0.55, 0.3, 0.15});
}

TEST_CASE("polynomial: options have their bounds") {
  CHECK(contains(schedule_mistake("polynomial", "from: 0"),
                 "polynomial.from: expected a real number > 0"));
  CHECK(contains(schedule_mistake("polynomial", "from: 1, to: -1"),
                 "polynomial.to: expected a real number ≥ 0"));
  CHECK(contains(schedule_mistake("polynomial", "from: 1, power: 0"),
                 "polynomial.power: expected a real number > 0"));
}

}  // namespace nnrun
