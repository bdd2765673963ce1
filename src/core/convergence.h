// When a curve that goes down has converged.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace nnrun {

inline constexpr double kConvergenceWay = 0.95;  ///< of the way down, unless another is asked for

/// The first epoch from which on the curve has made at least `way` (0 to 1) of its way from row 0 to
/// its least value, and stays there: value ≤ start − way · (start − least). Nothing when it never
/// came down, or did not stay. A NaN is not there.
std::optional<std::size_t> convergence_epoch(const std::vector<double>& curve,
                                             double way = kConvergenceWay);

}  // namespace nnrun
