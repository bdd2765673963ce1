#include "schedules/rates.h"

namespace nnrun {

TEST_CASE("constant: the same rate all the time") {
  CHECK(test::rates("constant: {rate: 0.3}", 3, 5) == std::vector<double>{0.3, 0.3, 0.3});
}

TEST_CASE("constant: warm-up rises to the rate in equal steps") {
  const auto rates = test::rates("constant: {rate: 0.5, warm_up: 4}", 6, 10);
  CHECK(rates == std::vector<double>{0.125, 0.25, 0.375, 0.5, 0.5, 0.5});
}

TEST_CASE("constant: time may be counted in updates") {
  // Two updates an epoch: the fourth update, the first of the second epoch, is as far as warm-up goes.
  const auto rates = test::rates("constant: {rate: 1, warm_up: 4, by: update}", 3, 10, 2);
  CHECK(rates == std::vector<double>{0.25, 0.75, 1});
}

TEST_CASE("constant: mistakes are told with their place") {
  CHECK(test::contains(test::mistakes_in<Schedule>("constant: {rate: 0}"),
                       "test:1:18: constant.rate: expected a real number > 0, got 0"));
  CHECK(test::contains(test::mistakes_in<Schedule>("constant: {rate: 1, warm_up: -1}"),
                       "constant.warm_up: expected a whole number ≥ 0"));
  CHECK(test::contains(test::mistakes_in<Schedule>("constant"), "missing key 'rate'"));
}

}  // namespace nnrun
