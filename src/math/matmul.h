// Matrix products: small ones by the kernels in use, large ones by BLAS. Each call runs on the calling thread
// alone.
#pragma once

#include "base/tensor.h"

namespace nnrun {

/// c [N, K] = c + a [N, D] · b [D, K]
void add_product(ConstMatrixView a, ConstMatrixView b, MatrixView c);

/// c [D, K] = c + aᵀ · b, for a [N, D] and b [N, K]
void add_left_transposed_product(ConstMatrixView a, ConstMatrixView b, MatrixView c);

/// c [N, D] = a [N, K] · bᵀ, for b [D, K]
void right_transposed_product(ConstMatrixView a, ConstMatrixView b, MatrixView c);

}  // namespace nnrun
