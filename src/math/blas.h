// The BLAS library underneath: what it is, and how it is kept in hand.
#pragma once

#include <cstddef>
#include <string>

namespace nnrun {

/// Keeps BLAS to the calling thread: its results change with its thread count, and the work is
/// already cut into items. Called once at start.
void keep_blas_single_threaded();

/// OpenBLAS 0.3.21 starts a thread for each core while it is loaded, and each tries for ever to get its buffer
/// of 128 MiB. Where the address space is limited (ulimit -v, ulimit -d) this starts the program again with
/// OPENBLAS_NUM_THREADS=1, which it reads before it starts any. To be called first in main.
void restart_without_blas_threads(char** arguments);

/// Takes the buffers that products on so many threads at once will need: later OpenBLAS would try for ever
/// where there is no room. Throws an Error that says so.
void reserve_blas_buffers(std::size_t threads);

/// The BLAS library: "OpenBLAS 0.3.21".
std::string blas_version();

/// The kernels that it chose for this processor: "SkylakeX".
std::string blas_kernel();

}  // namespace nnrun
