#include "base/npy.h"

#include <algorithm>
#include <cstring>
#include <sstream>
#include <xtensor/xadapt.hpp>
#include <xtensor/xnpy.hpp>

#include "base/text.h"

namespace nnrun {

namespace {

/// The lengths that stand in a header: "(2, 3)", "(6,)". Nothing when one is larger than `most`.
std::optional<Shape> header_shape(std::string_view bytes, std::size_t most) {
  constexpr std::string_view kBefore = "'shape': (";
  const auto start = bytes.find(kBefore);
  if (start == std::string_view::npos) return std::nullopt;
  bytes.remove_prefix(start + kBefore.size());
  Shape shape;
  while (!bytes.empty() && bytes.front() != ')') {
    const std::string_view digits = bytes.substr(0, bytes.find_first_of(",)"));
    const auto length = parse_integer(digits);
    if (!length || *length < 0 || static_cast<std::size_t>(*length) > most) return std::nullopt;
    shape.push_back(static_cast<std::size_t>(*length));
    bytes.remove_prefix(digits.size());
    bytes.remove_prefix(std::min(bytes.find_first_not_of(", "), bytes.size()));
  }
  return shape;
}

}  // namespace

std::string npy_bytes(const Shape& shape, std::span<const Scalar> values) {
  assert(elements(shape) == values.size());
  std::string bytes = npy_header(shape);
  const std::size_t header = bytes.size();
  bytes.resize(header + values.size_bytes());
  if (!values.empty()) std::memcpy(bytes.data() + header, values.data(), values.size_bytes());
  return bytes;
}

std::string npy_header(const Shape& shape) {
  std::ostringstream header;
  xt::detail::write_header(header, xt::detail::build_typestring<Scalar>(), false, shape);
  return header.str();
}

std::optional<NpyArray> read_npy(std::string_view bytes) {
  const auto shape = header_shape(bytes, bytes.size());
  if (!shape) return std::nullopt;
  // Divided, not multiplied: lengths of a damaged header may have a product beyond 64 bits.
  std::size_t room = bytes.size() / sizeof(Scalar);
  for (const std::size_t length : *shape) room = length == 0 ? 0 : room / length;
  const std::string header = npy_header(*shape);
  if (room == 0 || !bytes.starts_with(header)) return std::nullopt;
  bytes.remove_prefix(header.size());
  if (bytes.size() != elements(*shape) * sizeof(Scalar)) return std::nullopt;
  NpyArray array{*shape, std::vector<Scalar>(elements(*shape))};
  std::memcpy(array.values.data(), bytes.data(), bytes.size());
  return array;
}

}  // namespace nnrun
