#include "report/ticks.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace nnrun {

namespace {

/// `digits` times a power of ten, as near to that decimal as a double can be.
double decimal(double digits, int exponent) {
  return parse_real(fmt::format("{}e{}", digits, exponent)).value_or(digits);
}

std::vector<double> in_decades(const Range& range, const std::vector<double>& digits) {
  std::vector<double> ticks;
  const int last = static_cast<int>(std::ceil(std::log10(range.high)));
  for (int exponent = static_cast<int>(std::floor(std::log10(range.low))); exponent <= last;
       ++exponent) {
    for (const double digit : digits) {
      const double tick = decimal(digit, exponent);
      if (tick >= range.low && tick <= range.high) ticks.push_back(tick);
    }
  }
  return ticks;
}

/// Multiples of 1, 2 or 5 times a power of ten: the largest step that gives at least four.
std::vector<double> in_steps(const Range& range) {
  constexpr double kWanted = 4;
  int exponent = static_cast<int>(std::floor(std::log10(range.high - range.low)));
  for (;; --exponent) {
    for (const double digit : {5.0, 2.0, 1.0}) {
      const double step = decimal(digit, exponent);
      const double first = std::ceil(range.low / step);
      const double count = std::floor(range.high / step) - first + 1;
      if (count < kWanted) continue;
      std::vector<double> ticks;
      for (double i = 0; i < count; ++i) ticks.push_back(decimal((first + i) * digit, exponent));
      return ticks;
    }
  }
}

}  // namespace

std::vector<double> linear_ticks(const Range& range) { return in_steps(range); }

std::vector<double> logarithmic_ticks(const Range& range) {
  auto ticks = in_decades(range, {1});
  constexpr std::size_t kMost = 8;
  if (ticks.size() > kMost) {
    // Every second, third, … power: the labels must not run into each other.
    const std::size_t each = (ticks.size() + kMost - 1) / kMost;
    std::vector<double> fewer;
    for (std::size_t i = 0; i < ticks.size(); i += each) fewer.push_back(ticks[i]);
    return fewer;
  }
  if (ticks.size() > 2) return ticks;
  ticks = in_decades(range, {1, 2, 5});
  return ticks.size() > 2 ? ticks : in_steps(range);
}

}  // namespace nnrun
