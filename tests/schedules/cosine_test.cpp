#include <cmath>

#include "schedules/rates.h"

namespace nnrun {

using test::check_rates;
using test::contains;
using test::rates;
using test::schedule_mistake;

TEST_CASE("cosine: half a wave from one rate to another") {
  const double slope = 0.4 * std::sqrt(0.5);
  check_rates(rates("cosine: {from: 1, to: 0.2}", 4, 4), {1, 0.6 + slope, 0.6, 0.6 - slope});
  check_rates(rates("cosine: {from: 1}", 3, 2), {1, 0.5, 0});
}

TEST_CASE("cosine: the wave is as long as the epochs after the warm-up") {
  check_rates(rates("cosine: {from: 1, warm_up: 2}", 4, 4), {0.5, 1, 1, 0.5});
}

TEST_CASE("cosine: options have their bounds") {
  CHECK(contains(schedule_mistake("cosine", "from: 0"), "cosine.from: expected a real number > 0"));
  CHECK(contains(schedule_mistake("cosine", "from: 1, to: -1"),
                 "cosine.to: expected a real number ≥ 0"));
}

}  // namespace nnrun
