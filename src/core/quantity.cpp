#include "core/quantity.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nnrun {

std::optional<double> CurveQuantity::value(const Curves& curves) const {
  const auto* curve = curves.find(column_);
  if (curve == nullptr || curve->empty()) return std::nullopt;
  const auto found = of(*curve);
  return found && !std::isnan(*found) ? found : std::nullopt;
}

std::vector<ColumnUse> ConditionQuantity::columns() const {
  std::vector<ColumnUse> uses;
  for (std::string& name : condition_.columns()) uses.push_back({"when", std::move(name)});
  return uses;
}

std::optional<double> ConditionQuantity::value(const Curves& curves) const {
  const auto found = among(condition_.rows(curves));
  return found ? std::optional(static_cast<double>(*found)) : std::nullopt;
}

bool is_near(double value, double other, double tolerance) {
  if (!std::isfinite(value) || !std::isfinite(other)) return value == other;
  constexpr double kRoundings = 4;
  const double rounding = std::numeric_limits<double>::epsilon() *
                          std::max({std::abs(value), std::abs(other), tolerance});
  return std::abs(value - other) <= tolerance + kRoundings * rounding;
}

}  // namespace nnrun
