#include "config/range.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/text.h"
#include "config/options.h"

namespace nnrun {

namespace {

constexpr std::int64_t kMostPoints = 100000;
constexpr std::int64_t kLargestWhole = std::int64_t{1} << 53;  // exact in a double
constexpr std::array<std::string_view, 3> kNames = {"linear", "log", "integers"};

constexpr int kDigits = 6;

void read_integers(Options& options, NumberRange& range) {
  const auto bounds = whole_between(-kLargestWhole, kLargestWhole);
  const std::int64_t from = options.whole("from", bounds);
  const std::int64_t to = options.whole("to", bounds);
  const std::int64_t step = options.whole("step", whole_between(1, kLargestWhole), 1);
  const std::int64_t points = to > from ? (to - from) / step + 1 : 1;
  if (points > kMostPoints) {
    options.fail("to", fmt::format("{} numbers; a range has at most {}", points, kMostPoints));
  }
  range.from = static_cast<double>(from);
  range.to = static_cast<double>(to > from ? from + (points - 1) * step : to);
  range.points = static_cast<std::size_t>(points);
}

void read_reals(Options& options, NumberRange& range) {
  const RealBounds bounds = range.kind == NumberRange::Kind::kLog ? positive() : any_real();
  range.from = options.real("from", bounds);
  range.to = options.real("to", bounds);
  if (options.has("points")) {
    range.points = static_cast<std::size_t>(options.whole("points", whole_between(2, kMostPoints)));
  } else {
    options.record_optional("points", whole_form(whole_between(2, kMostPoints)));
  }
}

}  // namespace

double NumberRange::at(double part) const {
  if (part <= 0) return from;
  if (part >= 1) return to;
  if (kind == Kind::kLog) {
    return std::clamp(significant(from * std::pow(to / from, part), kDigits), from, to);
  }
  const double value = from + part * (to - from);
  return kind == Kind::kIntegers ? std::round(value)
                                 : std::clamp(significant(value, kDigits), from, to);
}

std::vector<Node> NumberRange::values(const Mark& mark) const {
  std::vector<Node> all;
  for (std::size_t i = 0; i < points; ++i) {
    const double last = points > 1 ? static_cast<double>(points - 1) : 1;
    all.push_back(range_value(at(static_cast<double>(i) / last), mark));
  }
  return all;
}

bool is_range(const Node& node) {
  if (!node.is_mapping() || node.entries.size() != 1) return false;
  const Entry& only = node.entries.front();
  return only.value.is_mapping() &&
         std::find(kNames.begin(), kNames.end(), only.key) != kNames.end();
}

std::optional<NumberRange> read_range(const Slot& slot) {
  Entry& only = slot.node->entries.front();
  only.read = true;
  const std::size_t before = slot.reading->diagnostics.size();
  Options options({&only.value, slot.path / only.key, slot.reading});
  NumberRange range;
  range.kind = only.key == "log"      ? NumberRange::Kind::kLog
               : only.key == "linear" ? NumberRange::Kind::kLinear
                                      : NumberRange::Kind::kIntegers;
  range.kind == NumberRange::Kind::kIntegers ? read_integers(options, range)
                                             : read_reals(options, range);
  options.finish();
  if (slot.reading->diagnostics.size() > before) return std::nullopt;
  if (range.to <= range.from) {
    options.fail("to", fmt::format("expected a number above from, {}", shortest(range.from)));
    return std::nullopt;
  }
  return range;
}

Node range_value(double value, const Mark& mark) {
  const bool whole =
      std::abs(value) <= static_cast<double>(kLargestWhole) && value == std::round(value);
  return Node::scalar(whole ? std::to_string(static_cast<std::int64_t>(value)) : shortest(value),
                      mark);
}

}  // namespace nnrun
