// The table of kernels of one instruction set.
#pragma once

#include "math/simd_elementwise.h"
#include "math/simd_masks.h"
#include "math/simd_neurons.h"
#include "math/simd_product.h"
#include "math/simd_rows.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

constexpr Kernels table(const char* name) {
  return {.name = name,
          .lanes = kLanes,
          .panel_vectors = kPanelVectors,
          .neuron_columns = kNeuronColumns,
          .byte_product = byte_product<>,
          .add_byte_product = add_byte_product<>,
          .neuron_product = neuron_product,
          .add_neuron_product = add_neuron_product,
          .product = product,
          .set_bytes = set_bytes,
          .nearest_mask = nearest_mask,
          .exponential = exponential,
          .exponential_minus_one = exponential_minus_one,
          .softplus_excess = softplus_excess,
          .normal_distribution = normal_distribution,
          .sigmoid = sigmoid,
          .sigmoid_gradient = sigmoid_gradient,
          .hyperbolic_tangent = hyperbolic_tangent,
          .hyperbolic_tangent_gradient = hyperbolic_tangent_gradient,
          .rectify = rectify,
          .rectify_gradient = rectify_gradient,
          .add_rows = add_rows,
          .scaled_sum = scaled_sum,
          .add_scaled = add_scaled,
          .all_finite = all_finite,
          .softmax_rows = softmax_rows,
          .largest_of_rows = largest_of_rows,
          .cross_entropy = cross_entropy,
          .binary_cross_entropy = binary_cross_entropy};
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL
