#include "config/bounds.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace nnrun {

std::string WholeBounds::text() const {
  const bool low = least != std::numeric_limits<std::int64_t>::min();
  const bool high = most != std::numeric_limits<std::int64_t>::max();
  if (low && high) return fmt::format("a whole number from {} to {}", least, most);
  if (low) return fmt::format("a whole number ≥ {}", least);
  if (high) return fmt::format("a whole number ≤ {}", most);
  return "a whole number";
}

bool RealBounds::admit(double value) const {
  const bool above = open_least ? value > least : value >= least;
  const bool below = open_most ? value < most : value <= most;
  return above && below;
}

std::string RealBounds::text() const {
  const bool low = std::isfinite(least);
  const bool high = std::isfinite(most);
  const std::string floor = fmt::format("{} {}", open_least ? ">" : "≥", shortest(least));
  const std::string ceiling = fmt::format("{} {}", open_most ? "<" : "≤", shortest(most));
  if (low && high) return fmt::format("a real number {} and {}", floor, ceiling);
  if (low) return "a real number " + floor;
  if (high) return "a real number " + ceiling;
  return "a real number";
}

}  // namespace nnrun
