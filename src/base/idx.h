// The IDX format of the MNIST files: a typed array with a big-endian header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/gzip.h"
#include "base/shape.h"

namespace nnrun {

/// An array of unsigned bytes: `shape[0]` items, the last axis fastest.
struct Idx {
  Shape shape;
  std::vector<std::uint8_t> bytes;
};

/// One file, plain or gzip: its header first, so that several files can be compared before any of
/// them costs memory.
/// Source: LeCun, Cortes, Burges, "The MNIST database": magic 0x00 0x00 0x08 (unsigned byte)
///         AXES, then one big-endian 32-bit length for each axis, then the elements.
class IdxReader {
 public:
  /// Reads the header. `axes` is what the reader needs: 3 for images (items, rows, columns), 1 for
  /// labels.
  IdxReader(const std::filesystem::path& path, std::size_t axes);

  const std::filesystem::path& path() const { return path_; }
  /// What the header claims.
  const Shape& shape() const { return shape_; }

  /// Whether the file is not compressed.
  bool is_plain() const { return content_.known_length().has_value(); }
  /// Of a plain file: where the elements begin, once it is as long as its header claims.
  std::size_t elements_begin() const;

  /// The rest of the file, once. The claim is checked against the length of a plain file, or what a
  /// compressed one can hold, before memory is taken; and against what there is after.
  std::vector<std::uint8_t> elements();

 private:
  std::filesystem::path path_;
  ContentReader content_;
  Shape shape_;
};

/// The shape that the header claims; reads no more than the header.
Shape read_idx_shape(const std::filesystem::path& path, std::size_t axes);

/// The whole file.
Idx read_idx(const std::filesystem::path& path, std::size_t axes);

}  // namespace nnrun
