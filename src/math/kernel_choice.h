// Which kernels this process computes with.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "math/kernels.h"

namespace nnrun {

/// All kernels that this processor can run, the best first.
std::span<const Kernels* const> runnable_kernels();

/// Their names, the best first: "avx512", "avx2", "sse2"; "neon".
std::vector<std::string> kernel_names();

/// The names of all kernels of this build, whatever the processor, the best first.
std::vector<std::string> all_kernel_names();

/// Chooses for the whole process, which starts with the best; before anything is computed.
void use_kernels(const Kernels& chosen);

/// The same by one of `kernel_names`.
void use_kernels(std::string_view name);

}  // namespace nnrun
