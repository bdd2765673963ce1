#include "config/plain_numbers.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace nnrun {

namespace {

/// A value that single precision would turn into 0 or infinity is not what the user wrote.
bool fits_single(double value) {
  const double size = std::abs(value);
  return size == 0 || (size >= double{std::numeric_limits<float>::min()} &&
                       size <= double{std::numeric_limits<float>::max()});
}

}  // namespace

std::optional<std::int64_t> plain_whole(const Node& node) {
  return node.is_scalar() && !node.quoted ? parse_integer(node.text) : std::nullopt;
}

std::optional<double> plain_real(const Node& node) {
  return node.is_scalar() && !node.quoted ? parse_real(node.text) : std::nullopt;
}

double some_real(const RealBounds& bounds) {
  for (const double value : {1.0, 0.5, bounds.least, bounds.most}) {
    if (bounds.admit(value) && std::isfinite(value)) return value;
  }
  return (bounds.least + bounds.most) / 2;
}

double read_real(const Slot& slot, const RealBounds& bounds) {
  const auto value = plain_real(*slot.node);
  if (!value || !bounds.admit(*value)) {
    slot.expected(bounds.text());
  } else if (!fits_single(*value)) {
    slot.expected("a number that single precision can hold (0, or 1.2e-38 to 3.4e38 in size)");
  } else {
    slot.node->text = shortest(*value);
    return *value;
  }
  return some_real(bounds);
}

std::int64_t read_whole(const Slot& slot, const WholeBounds& bounds, const std::string& expected) {
  const auto value = plain_whole(*slot.node);
  if (value && bounds.admit(*value)) return *value;
  slot.expected(expected);
  return std::clamp<std::int64_t>(1, bounds.least, bounds.most);
}

}  // namespace nnrun
