// Which numbers stand beside a logarithmic axis.
#pragma once

#include <vector>

#include "report/figure.h"

namespace nnrun {

/// Numbers within the range: up to eight powers of ten where there are three or more, else 1, 2 and 5
/// of each decade where that gives three, else multiples of a round step. gnuplot of its own has the powers
/// alone, which can be none.
std::vector<double> logarithmic_ticks(const Range& range);

}  // namespace nnrun
