// Arrays in NumPy's file format.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/shape.h"
#include "base/tensor.h"

namespace nnrun {

/// The bytes of a `.npy` file, version 1.0, C order, holding `values` (`elements(shape)` of them).
/// Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
std::string npy_bytes(const Shape& shape, std::span<const Scalar> values);

/// The first bytes of such a file: all that comes before the values.
std::string npy_header(const Shape& shape);

struct NpyArray {
  Shape shape;
  std::vector<Scalar> values;
};

/// The array of a file that npy_bytes wrote; nothing when `bytes` are not such a file, whole.
std::optional<NpyArray> read_npy(std::string_view bytes);

}  // namespace nnrun
