// The layers of LeNet-5 that see images, 64 samples at a time.
#pragma once

#include "timing.h"

namespace nnrun {

/// Convolutions, of which only the operations count that their definition needs, and pools.
void add_image_benchmarks(const Set& set);

}  // namespace nnrun
