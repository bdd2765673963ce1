// What an instruction set's multiply-adds reach when nothing holds them up.
#pragma once

#include "math/kernels.h"

namespace nnrun {

/// Multiplies and adds in registers for some milliseconds, in chains that do not wait for each
/// other, with the instruction set of the kernels: fused where it can, else one after the other.
/// How many operations that were: a multiplication and an addition are two.
double run_at_peak(const Kernels& kernels);

/// Operations per second of processor time: the best of some tries, as others may use the machine.
double measure_peak(const Kernels& kernels);

}  // namespace nnrun
