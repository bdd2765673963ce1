// What the network should have said, and what it did say, for a block of samples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/tensor.h"

namespace nnrun {

/// The kinds of labels a data set can be given with.
enum class LabelKind {
  kClasses,  ///< one of K classes: the target is one-hot, [N, K]
  kBinary,   ///< one digit against the rest: the target is 0 or 1, [N, 1]
};

/// Labels of a block: the class of each sample, or 0/1 for binary labels.
struct Targets {
  LabelKind kind = LabelKind::kClasses;
  std::span<const std::uint32_t> labels;

  /// Element (n, k) of the target matrix.
  Scalar at(std::size_t sample, std::size_t output) const {
    if (kind == LabelKind::kBinary) return static_cast<Scalar>(labels[sample]);
    return labels[sample] == output ? Scalar{1} : Scalar{0};
  }
};

/// What the last layer makes of the logits, as far as losses treat it in a way of its own.
enum class Link { kOther, kSigmoid, kSoftmax, kLogSoftmax };

/// What a network made of a block: its output [N, K], and what the last activation was given.
struct Prediction {
  ConstMatrixView logits;   ///< z, the input of the last layer; what joint losses work on
  ConstMatrixView outputs;  ///< a, its output
  Link link = Link::kOther;
};

/// The class a row of outputs stands for: the largest (the first of equals), or for a single output
/// whether it is above 0.5.
std::size_t predicted_class(std::span<const Scalar> outputs);

/// The same for each row of outputs [N, K].
void predict_classes(ConstMatrixView outputs, std::span<std::uint32_t> classes);

/// A network's end as a loss or metric needs to know it to say whether it fits.
struct NetworkEnd {
  std::string last_layer;  ///< its YAML name
  LabelKind labels = LabelKind::kClasses;
  std::size_t outputs = 0;  ///< K; 0 where it is not known because of another mistake
  Link link = Link::kOther;
};

}  // namespace nnrun
