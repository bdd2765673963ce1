// Reads NumPy's files without trusting a byte of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/gzip.h"
#include "base/npy.h"
#include "base/shape.h"

namespace nnrun {

/// The type of an array's elements, which are little-endian.
struct NpyType {
  char kind = 'f';       ///< NumPy's letter: u unsigned, i signed, f floating point
  std::size_t size = 4;  ///< bytes

  bool is_byte() const { return kind == 'u' && size == 1; }
  bool is_whole() const { return kind != 'f'; }
  std::string text() const;  ///< "float32"
};

/// One `.npy` file, version 1 to 3, in C order: its header first, so that several files can be compared
/// before any of them costs memory. Errors name the file.
/// Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
class NpyReader {
 public:
  /// Reads the header and checks what it claims against the file's length. Refuses big-endian elements,
  /// Fortran order, types other than u1 to u8, i1 to i8, f4 and f8, and compressed files.
  explicit NpyReader(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  const Shape& shape() const { return shape_; }
  const NpyType& type() const { return type_; }

  /// Where the elements begin in the file.
  std::size_t elements_begin() const { return header_.size(); }

  /// Reads the elements: once, before what follows.
  void read();
  /// The elements of a file of unsigned bytes, which it gives away: the last that is asked.
  std::vector<std::uint8_t> take_bytes();
  /// The elements of a file of whole numbers. Refuses what 64 bits with a sign cannot hold.
  std::vector<std::int64_t> wholes() const;
  /// The elements of a file of floating-point numbers, as float or double. Refuses what is not finite.
  template <class Number>
  std::vector<Number> numbers() const;
  /// Of the whole file.
  std::string sha256() const;

  /// "[3, 17]": the place of an element.
  std::string index_text(std::size_t element) const;
  /// Throws "FILE: what".
  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::string read_header();
  void parse_header(const std::string& text);
  void check_length();

  std::filesystem::path path_;
  ContentReader content_;
  std::string header_;  ///< all that comes before the elements
  Shape shape_;
  NpyType type_;
  std::vector<std::uint8_t> elements_;
};

/// The array of a file of float32 or float64; an Error names the file.
NpyArray read_npy_file(const std::filesystem::path& path);

}  // namespace nnrun
