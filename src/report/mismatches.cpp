#include "report/mismatches.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace nnrun {

std::optional<double> relative_difference(double a, double b) {
  if (!std::isfinite(a) || !std::isfinite(b)) return std::nullopt;
  const double size = std::max(std::abs(a), std::abs(b));
  return size == 0 ? 0 : std::abs(a - b) / size;
}

void Mismatches::differs(std::size_t place, double a, double b) {
  if (differing_ == 0) first_ = place;
  ++compared_;
  ++differing_;
  const double relative = relative_difference(a, b).value_or(0);
  if (relative <= largest_) return;
  largest_ = relative;
  largest_place_ = place;
}

void Mismatches::add(const Mismatches& other) {
  compared_ += other.compared_;
  differing_ += other.differing_;
  largest_ = std::max(largest_, other.largest_);
}

std::string share(const Mismatches& found, std::string_view things) {
  return fmt::format("{} of {} {}", found.differing(), found.compared(), things);
}

std::string largest_text(const Mismatches& found, const std::string& where) {
  if (found.largest() == 0) return {};
  return fmt::format("; largest relative difference {}{}", three_digits(found.largest()), where);
}

std::string both(const std::string& a, const std::string& b) {
  const auto shown = [](const std::string& text) {
    return text.empty() ? "nothing" : printable(text);
  };
  std::string texts = fmt::format("{} | {}", shown(a), shown(b));
  const auto left = parse_real(a);
  const auto right = parse_real(b);
  if (!left || !right) return texts;
  return fmt::format("{}, difference {} (relative {})", texts,
                     three_digits(std::abs(*left - *right)),
                     three_digits(*relative_difference(*left, *right)));
}

std::string three_digits(double value) { return fmt::format("{:.3g}", value); }

}  // namespace nnrun
