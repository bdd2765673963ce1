// The one scalar type.
#pragma once

#ifndef NNRUN_SCALAR
#define NNRUN_SCALAR float
#endif

namespace nnrun {

/// Every weight, activation and gradient. The gradient check builds the same sources with double.
using Scalar = NNRUN_SCALAR;

}  // namespace nnrun
