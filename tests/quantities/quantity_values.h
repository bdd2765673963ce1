// Quantities of small curves, read from their YAML text.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/quantity.h"
#include "support.h"

namespace nnrun::test {

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A run with one curve, named x.
inline Curves curve(const std::vector<double>& x) { return {{"x"}, {x}, {}}; }

/// What `text` measures in a run.
inline std::optional<double> measured(const std::string& text, const Curves& curves) {
  return make_from<Quantity>(text)->value(curves);
}

/// What `text` measures on the curve x.
inline std::optional<double> measured(const std::string& text, const std::vector<double>& x) {
  return measured(text, curve(x));
}

}  // namespace nnrun::test
