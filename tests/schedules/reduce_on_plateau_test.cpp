#include "schedules/rates.h"

namespace nnrun {

using test::check_rates;
using test::contains;
using test::rates;
using test::schedule_mistake;

TEST_CASE("reduce_on_plateau: the rate falls when there were more bad epochs than patience") {
  // Bad are the epochs of 2.5 and of 2, and with them there are two in a row.
  check_rates(rates("reduce_on_plateau: {from: 1, factor: 0.5, patience: 1}", 7, 9, 1,
                    {3, 2, 2.5, 2, 1, 1, 1}),
              {1, 1, 1, 1, 0.5, 0.5, 0.5});
}

TEST_CASE("reduce_on_plateau: too small a fall is none") {
  check_rates(rates("reduce_on_plateau: {from: 1, factor: 0.5, patience: 0, threshold: 0.1}", 4, 9,
                    1, {10, 9.1, 8.9}),
              {1, 1, 0.5, 0.5});
}

TEST_CASE("reduce_on_plateau: no bad epochs while it cools down, and no rate below the lowest") {
  const std::vector<double> flat(8, 1.0);
  check_rates(
      rates("reduce_on_plateau: {from: 1, factor: 0.5, patience: 0, cooldown: 2}", 8, 9, 1, flat),
      {1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25});
  check_rates(
      rates("reduce_on_plateau: {from: 1, factor: 0.5, patience: 0, lowest: 0.3}", 5, 9, 1, flat),
      {1, 1, 0.5, 0.3, 0.3});
}

TEST_CASE("reduce_on_plateau: what happens in the warm-up counts for nothing") {
  check_rates(rates("reduce_on_plateau: {from: 1, factor: 0.5, patience: 0, warm_up: 2}", 5, 9, 1,
                    {1, 1, 7, 7}),
              {0.5, 1, 1, 1, 0.5});
}

TEST_CASE("reduce_on_plateau: options have their bounds") {
  CHECK(contains(schedule_mistake("reduce_on_plateau", "from: 0"),
                 "reduce_on_plateau.from: expected a real number > 0"));
  CHECK(contains(schedule_mistake("reduce_on_plateau", "from: 1, factor: 1"),
                 "reduce_on_plateau.factor: expected a real number > 0 and < 1"));
  CHECK(contains(schedule_mistake("reduce_on_plateau", "from: 1, patience: -1"),
                 "reduce_on_plateau.patience: expected a whole number ≥ 0"));
  CHECK(contains(schedule_mistake("reduce_on_plateau", "from: 1, threshold: 1"),
                 "reduce_on_plateau.threshold: expected a real number ≥ 0 and < 1"));
  CHECK(contains(schedule_mistake("reduce_on_plateau", "from: 1, cooldown: -1"),
                 "reduce_on_plateau.cooldown: expected a whole number ≥ 0"));
  CHECK(contains(schedule_mistake("reduce_on_plateau", "from: 1, lowest: -1"),
                 "reduce_on_plateau.lowest: expected a real number ≥ 0"));
}

}  // namespace nnrun
