// The IDX format of the MNIST files: a typed array with a big-endian header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/shape.h"

namespace nnrun {

/// An array of unsigned bytes: `shape[0]` items, the last axis fastest.
struct Idx {
  Shape shape;
  std::vector<std::uint8_t> bytes;
};

/// The shape that the header claims; reads no more than the header.
/// `axes` is what the reader needs: 3 for images (items, rows, columns), 1 for labels.
Shape read_idx_shape(const std::filesystem::path& path, std::size_t axes);

/// The whole file, plain or gzip. The header's claim is checked against what the file can hold
/// before memory is taken, and against what it does hold after.
/// Source: LeCun, Cortes, Burges, "The MNIST database": magic 0x00 0x00 0x08 (unsigned byte)
///         AXES, then one big-endian 32-bit length for each axis, then the elements.
Idx read_idx(const std::filesystem::path& path, std::size_t axes);

}  // namespace nnrun
