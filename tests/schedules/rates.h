// What the tests of schedules share: the rates of the first updates.
#pragma once

#include <string>
#include <vector>

#include "core/schedule.h"
#include "support.h"

namespace nnrun::test {

/// The rates of the first `count` epochs of `epochs`, each of so many updates: at its first one. The
/// loss after an epoch is the next of `losses`, if there are any.
inline std::vector<double> rates(const std::string& text, std::size_t count, std::size_t epochs,
                                 std::size_t updates_per_epoch = 1,
                                 const std::vector<double>& losses = {}) {
  const auto schedule = make_from<Schedule>(text);
  std::vector<double> numbers(schedule->numbers());
  const auto clock = [&](std::size_t epoch) {
    return Clock{epoch * updates_per_epoch, epoch, updates_per_epoch, epochs};
  };
  std::vector<double> all;
  for (std::size_t e = 0; e < count; ++e) {
    all.push_back(schedule->rate(clock(e), numbers));
    if (e < losses.size()) schedule->observe(clock(e + 1), losses[e], numbers);
  }
  return all;
}

/// Compares rates, within rounding.
inline void check_rates(const std::vector<double>& found, const std::vector<double>& expected) {
  REQUIRE_EQ(found.size(), expected.size());
  for (std::size_t t = 0; t < found.size(); ++t) {
    CAPTURE(t);
    CHECK(found[t] == doctest::Approx(expected[t]).epsilon(1e-12));
  }
}

/// What is wrong with a schedule's options.
inline std::string schedule_mistake(const std::string& name, const std::string& options) {
  return mistakes_in<Schedule>(name + ": {" + options + "}");
}

}  // namespace nnrun::test
