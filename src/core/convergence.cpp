#include "core/convergence.h"

#include <algorithm>

namespace nnrun {

std::optional<std::size_t> convergence_epoch(const std::vector<double>& curve, double way) {
  if (curve.empty()) return std::nullopt;
  const double start = curve.front();
  double least = start;
  for (const double value : curve) least = std::min(least, value);
  if (!(least < start)) return std::nullopt;
  const double threshold = start - way * (start - least);
  std::optional<std::size_t> since;
  for (std::size_t epoch = 0; epoch < curve.size(); ++epoch) {
    const bool there = curve[epoch] <= threshold;
    if (!there) since.reset();
    if (there && !since) since = epoch;
  }
  return since;
}

}  // namespace nnrun
