// Writes an array in NumPy's file format.
#pragma once

#include <span>
#include <string>

#include "base/shape.h"
#include "base/tensor.h"

namespace nnrun {

/// The bytes of a `.npy` file, version 1.0, C order, holding `values` (`elements(shape)` of them).
/// Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
std::string npy_bytes(const Shape& shape, std::span<const Scalar> values);

/// The first bytes of such a file: all that comes before the values.
std::string npy_header(const Shape& shape);

}  // namespace nnrun
