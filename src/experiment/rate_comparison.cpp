#include "experiment/rate_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "base/text.h"
#include "experiment/grid_points.h"
#include "experiment/remark.h"
#include "experiment/run_status.h"

namespace nnrun {

namespace {

/// The learning rates of runs that are alike.
struct Range {
  double least = std::numeric_limits<double>::infinity();
  double largest = 0;

  void add(double rate) {
    least = std::min(least, rate);
    largest = std::max(largest, rate);
  }
};

struct Ranges {
  Range finite;  ///< of the runs that ended well
  Range good;    ///< of those that also have no remark
};

std::string comparison(const RatedRun& run, const Ranges& ranges) {
  const double rate = *run.rate;
  const bool diverged = run.status == "diverged";
  const Range& others = diverged ? ranges.finite : ranges.good;
  if (others.largest == 0) return {};
  const auto beside = [&](const char* end, double other, const char* how) {
    return fmt::format(" (learning rate {}; the {} that {} is {})", shortest(rate), end, how,
                       shortest(other));
  };
  if (rate > others.largest) {
    return beside("largest", others.largest, diverged ? "stayed finite" : "has no such message");
  }
  if (rate >= others.least || diverged) return {};
  return beside("least", others.least, "has no such message");
}

}  // namespace

void RatedRun::add_field(const std::string& path, const std::string& value) {
  if (path == "learning_rate") {
    rate = parse_real(value);
  } else if (!is_repeat_field(path)) {
    fields += path + "=" + value + ",";
  }
}

void compare_rates(std::vector<RatedRun>& runs) {
  std::map<std::string, Ranges> ranges;
  for (const RatedRun& run : runs) {
    if (!run.rate || !ended_well(run.status) || is_paused(run.status, run.message)) continue;
    Ranges& of_fields = ranges[run.fields];
    of_fields.finite.add(*run.rate);
    if (!has_remark(run.status, run.message)) of_fields.good.add(*run.rate);
  }
  for (RatedRun& run : runs) {
    const bool ended = ended_well(run.status) || run.status == "diverged";
    if (!run.rate || !ended || !has_remark(run.status, run.message)) continue;
    const auto found = ranges.find(run.fields);
    if (found != ranges.end()) run.message += comparison(run, found->second);
  }
}

}  // namespace nnrun
