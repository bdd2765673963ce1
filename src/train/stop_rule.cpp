#include "train/stop_rule.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace nnrun {

namespace {

bool is_reached(const StopRule::Target& target, double value) {
  return target.metric.more_is_better ? value >= target.value : value <= target.value;
}

}  // namespace

std::string StopRule::why(const EpochRecord& row, const BestEpoch& best,
                          double seconds_trained) const {
  for (const Target& target : at) {
    const double value = target.metric.value(row);
    if (!is_reached(target, value)) continue;
    return fmt::format("{} of {} has reached {}", target.metric.name, shortest(value),
                       shortest(target.value));
  }
  if (std::string text = why_early(row, best); !text.empty()) return text;
  if (!seconds || seconds_trained < *seconds) return {};
  return fmt::format("its {} seconds of training are over", shortest(*seconds));
}

std::string StopRule::why_early(const EpochRecord& row, const BestEpoch& best) const {
  if (!early || row.epoch - best.epoch.value_or(row.epoch) < early->patience) return {};
  const std::string& name = early->metric.name;
  if (std::isnan(best.value)) return fmt::format("{} has had no value", name);
  std::string text = fmt::format("{} has not improved", name);
  if (early->min_delta > 0) text += fmt::format(" by more than {}", shortest(early->min_delta));
  return text + fmt::format(" since epoch {}, when it was {}", *best.epoch, shortest(best.value));
}

}  // namespace nnrun
