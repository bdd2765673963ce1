// A network's gradients against differences of its loss. Single precision is too coarse for that: what
// is used of it is built with double as the scalar.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/shape.h"
#include "base/tensor.h"
#include "train/model.h"

namespace nnrun {

/// The largest relative error of a gradient that counts as right.
inline constexpr double kGradientTolerance = 1e-6;

/// How elements of a gradient compare with differences.
struct GradientComparison {
  std::size_t checked = 0;
  std::size_t kinks = 0;  ///< at a kink, such as relu's at 0: neither right nor wrong
  std::size_t wrong = 0;
  double largest_error = 0;  ///< relative, of the elements that are at no kink
  std::size_t where = 0;     ///< the element that has it
  double gradient = 0;       ///< there
  double difference = 0;     ///< there
};

/// Compares `gradient` with central differences of `value` over some elements of what it is a function
/// of, `at`, which is the same again afterwards.
///
/// error = |gradient − difference| / max(|gradient|, |difference|, 1e-3 · max(1, |value|)); what is
/// smaller than the last of these is compared absolutely, since differences cannot see its digits.
/// Differences are taken with smaller and smaller steps until one agrees. Where none does, the element
/// is at a kink if differences with whole and half steps, and from one side and the other, disagree
/// with each other about as much as with the gradient.
GradientComparison compare_gradient(std::span<const Scalar> gradient, std::span<Scalar> at,
                                    const std::function<double()>& value,
                                    std::span<const std::size_t> elements);

/// A parameter of a network, or its input, and how its gradient compares.
struct TensorComparison {
  std::string name;  ///< "0.dense.weights", or "x" for the samples
  Shape shape;       ///< as documented; [N, D] for the samples
  GradientComparison result;

  /// "[3, 17]": the element of result.where.
  std::string place() const;
};

/// Samples with their labels, as the network sees them.
struct CheckedSamples {
  std::vector<Scalar> x;              ///< [N, D]
  std::vector<std::uint32_t> labels;  ///< [N], after the model's label rule
};

/// The gradient of the loss of these samples, with respect to the samples and to every parameter,
/// near the starting values under `seed`: each number is moved by N(0, 0.01²), since equal pixels and zero
/// weights lie on kinks. At most `most` elements of each are compared, half of which at
/// least have a gradient that is not 0, if there are so many: most pixels of MNIST give none.
std::vector<TensorComparison> check_gradients(const Model& model, std::uint64_t seed,
                                              const CheckedSamples& samples, std::size_t most);

}  // namespace nnrun
