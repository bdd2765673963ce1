// The table of kernels of one instruction set.
#pragma once

#include "math/simd_bytes.h"
#include "math/simd_elementwise.h"
#include "math/simd_masks.h"
#include "math/simd_product.h"
#include "math/simd_rows.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

constexpr Kernels table(const char* name) {
  return {name,
          kLanes,
          kPanelVectors,
          byte_product<>,
          add_byte_product<>,
          product,
          set_bytes,
          nearest_mask,
          exponential,
          sigmoid,
          sigmoid_gradient,
          hyperbolic_tangent,
          hyperbolic_tangent_gradient,
          rectify,
          rectify_gradient,
          add_rows,
          scaled_sum,
          add_scaled,
          all_finite,
          softmax_rows,
          largest_of_rows,
          cross_entropy,
          binary_cross_entropy};
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL
