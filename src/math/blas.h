// The BLAS library underneath: what it is, and how it is kept in hand.
#pragma once

#include <string>

namespace nnrun {

/// Keeps BLAS to the calling thread: its results change with its thread count, and the work is
/// already cut into items. Called once at start.
void keep_blas_single_threaded();

/// The BLAS library: "OpenBLAS 0.3.21".
std::string blas_version();

/// The kernels that it chose for this processor: "SkylakeX".
std::string blas_kernel();

}  // namespace nnrun
