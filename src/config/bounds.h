// What a number of an experiment file may be, checked and said in the same words everywhere.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace nnrun {

/// Whole numbers from `least` to `most`.
struct WholeBounds {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t most = std::numeric_limits<std::int64_t>::max();

  bool admit(std::int64_t value) const { return value >= least && value <= most; }
  std::string text() const;  ///< "a whole number ≥ 1"
};

/// Real numbers between `least` and `most`; an open end is not itself admitted.
struct RealBounds {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool open_least = false;
  bool open_most = false;

  bool admit(double value) const;
  std::string text() const;  ///< "a real number > 0"
};

inline WholeBounds at_least(std::int64_t least) { return {.least = least}; }
inline WholeBounds whole_between(std::int64_t least, std::int64_t most) { return {least, most}; }
inline RealBounds any_real() { return {}; }
inline RealBounds positive() { return {.least = 0, .open_least = true}; }
inline RealBounds not_negative() { return {.least = 0}; }
inline RealBounds real_between(double least, double most) { return {.least = least, .most = most}; }

}  // namespace nnrun
