#include "schedules/rates.h"

namespace nnrun {

using test::check_rates;
using test::contains;
using test::rates;
using test::schedule_mistake;

TEST_CASE("inverse_time: three rates by hand") {
  check_rates(rates("inverse_time: {from: 0.6, decay: 0.5}", 3, 3), {0.6, 0.4, 0.3});
}

TEST_CASE("inverse_time: options have their bounds") {
  CHECK(contains(schedule_mistake("inverse_time", "from: 0, decay: 1"),
                 "inverse_time.from: expected a real number > 0"));
  CHECK(contains(schedule_mistake("inverse_time", "from: 1, decay: -1"),
                 "inverse_time.decay: expected a real number ≥ 0"));
}

}  // namespace nnrun
