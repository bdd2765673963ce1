#include "base/npy.h"

#include <cstring>
#include <string>
#include <vector>

#include "support.h"

namespace nnrun {
namespace {

/// The bytes that numpy.save writes: magic, version 1.0, a header padded with blanks to a multiple
/// of 64, then the elements.
std::string as_numpy_writes(const std::string& shape, const std::vector<float>& values) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += {'\x01', '\x00', static_cast<char>(header.size() % 256),
            static_cast<char>(header.size() / 256)};
  std::string data(values.size() * sizeof(float), '\0');
  std::memcpy(data.data(), values.data(), data.size());
  return bytes + header + data;
}

TEST_CASE("npy: a matrix is written as NumPy writes it") {
  const std::vector<float> values = {1, -2.5F, 3, 0, 1e-30F, 6};
  CHECK_EQ(npy_bytes({2, 3}, values), as_numpy_writes("(2, 3)", values));
}

TEST_CASE("npy: a vector's shape keeps its comma") {
  const std::vector<float> values = {1, 2, 3};
  CHECK_EQ(npy_bytes({3}, values), as_numpy_writes("(3,)", values));
}

TEST_CASE("npy: the header is what stands before the values") {
  for (const Shape& shape : {Shape{2, 3}, Shape{6}, Shape{6, 1}, Shape{1, 2, 3}}) {
    const std::vector<float> values = {1, 2, 3, 4, 5, 6};
    const std::string bytes = npy_bytes(shape, values);
    CHECK_EQ(bytes.substr(0, bytes.size() - values.size() * sizeof(float)), npy_header(shape));
  }
}

TEST_CASE("npy: one element and large lengths") {
  CHECK_EQ(npy_bytes({1, 1}, std::vector<float>{7}), as_numpy_writes("(1, 1)", {7}));
  const std::vector<float> many(123456, 0.5F);
  CHECK(npy_bytes({123456}, many) == as_numpy_writes("(123456,)", many));
}

TEST_CASE("npy: what was written is read again") {
  for (const Shape& shape : {Shape{2, 3}, Shape{6}, Shape{6, 1}, Shape{1, 2, 3}}) {
    const std::vector<float> values = {1, -2.5F, 3, 0, 1e-30F, 6};
    const auto read = read_npy(npy_bytes(shape, values));
    REQUIRE(read);
    CHECK_EQ(read->shape, shape);
    CHECK_EQ(read->values, values);
  }
}

TEST_CASE("npy: a file that is not whole, or not as it is written here, is not read") {
  const std::string whole = npy_bytes({2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(read_npy(whole.substr(0, size)));
  }
  CHECK_FALSE(read_npy(whole + "x"));
  const auto changed = [&](const std::string& old, const std::string& replacement) {
    std::string bytes = whole;
    return bytes.replace(bytes.find(old), old.size(), replacement);
  };
  for (const auto& bytes :
       {changed("(2, 3)", "(3, 3)"), changed("(2, 3)", "(2, x)"), changed("(2, 3)", "(-2, -3)"),
        changed("(2, 3)", "(0, 3)"), changed("<f4", "<f8"), changed("False", "True "),
        changed("(2, 3), }          ", "(99999999999, 9), }"), changed("NUMPY", "numpy")}) {
    CHECK_FALSE(read_npy(bytes));
  }
}

}  // namespace
}  // namespace nnrun
