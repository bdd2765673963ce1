// What the tests of schedules share: the rates of the first updates.
#pragma once

#include <string>
#include <vector>

#include "core/schedule.h"
#include "support.h"

namespace nnrun::test {

/// The rates of the first `count` epochs of `epochs`, each of so many updates: at its first one.
inline std::vector<double> rates(const std::string& text, std::size_t count, std::size_t epochs,
                                 std::size_t updates_per_epoch = 1) {
  const auto schedule = make_from<Schedule>(text);
  const std::vector<double> numbers(schedule->numbers());
  std::vector<double> all;
  for (std::size_t e = 0; e < count; ++e) {
    all.push_back(schedule->rate({e * updates_per_epoch, e, updates_per_epoch, epochs}, numbers));
  }
  return all;
}

}  // namespace nnrun::test
