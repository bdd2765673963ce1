// Which numbers stand beside an axis.
#pragma once

#include <vector>

#include "report/figure.h"

namespace nnrun {

/// Numbers within the range: multiples of the largest step of 1, 2 or 5 times a power of ten that gives
/// at least four.
std::vector<double> linear_ticks(const Range& range);

/// Numbers within the range: up to eight powers of ten where there are three or more, else 1, 2 and 5
/// of each decade where that gives three, else multiples of a round step. gnuplot of its own has the powers
/// alone, which can be none.
std::vector<double> logarithmic_ticks(const Range& range);

}  // namespace nnrun
