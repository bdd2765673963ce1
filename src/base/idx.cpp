#include "base/idx.h"

#include <fmt/format.h>

#include <array>
#include <limits>

#include "base/error.h"
#include "base/gzip.h"
#include "base/text.h"

namespace nnrun {

namespace {

constexpr std::uint8_t kUnsignedByte = 0x08;

std::uint32_t big_endian(std::span<const std::uint8_t, 4> bytes) {
  return (std::uint32_t{bytes[0]} << 24U) | (std::uint32_t{bytes[1]} << 16U) |
         (std::uint32_t{bytes[2]} << 8U) | std::uint32_t{bytes[3]};
}

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) {
  throw Error(printable(path.string()) + ": " + what);
}

std::array<std::uint8_t, 4> read_word(ContentReader& content, const std::filesystem::path& path) {
  std::array<std::uint8_t, 4> word{};
  if (content.read(word) != word.size()) fail(path, "too short for an IDX header; is it complete?");
  return word;
}

/// Items, rows and columns multiplied; a claim beyond 64 bits is as absurd as its maximum.
std::uint64_t claimed_bytes(const Shape& shape) {
  std::uint64_t total = 1;
  for (const std::size_t length : shape) {
    if (__builtin_mul_overflow(total, length, &total)) {
      return std::numeric_limits<std::uint64_t>::max();
    }
  }
  return total;
}

Shape read_header(ContentReader& content, const std::filesystem::path& path, std::size_t axes) {
  const auto magic = read_word(content, path);
  const std::array<std::uint8_t, 4> expected = {0, 0, kUnsignedByte,
                                                static_cast<std::uint8_t>(axes)};
  if (magic != expected) {
    fail(path, fmt::format("not an IDX file of {} (unsigned bytes, {} axes): the magic number is "
                           "0x{:08x}, expected 0x{:08x}",
                           axes == 1 ? "labels" : "images", axes, big_endian(magic),
                           big_endian(expected)));
  }
  Shape shape;
  for (std::size_t axis = 0; axis < axes; ++axis)
    shape.push_back(big_endian(read_word(content, path)));
  return shape;
}

std::string claim(const Shape& shape) {
  const std::string product = to_text(shape);
  return shape.size() == 1
             ? fmt::format("header says {} bytes", product)
             : fmt::format("header says {} = {} bytes", product, claimed_bytes(shape));
}

/// Grows with what is really there, so that a lying header costs no memory.
std::vector<std::uint8_t> read_elements(ContentReader& content, const std::filesystem::path& path,
                                        const Shape& shape) {
  constexpr std::uint64_t kStep = 1U << 24U;
  const std::uint64_t total = claimed_bytes(shape);
  std::vector<std::uint8_t> bytes;
  while (bytes.size() < total) {
    const std::size_t before = bytes.size();
    bytes.resize(before + std::min(kStep, total - before));
    const std::size_t got = content.read(std::span(bytes).subspan(before));
    if (before + got < bytes.size()) {
      fail(path, fmt::format("{}, file has {}; is it complete?", claim(shape), before + got));
    }
  }
  return bytes;
}

}  // namespace

Shape read_idx_shape(const std::filesystem::path& path, std::size_t axes) {
  ContentReader content(path);
  return read_header(content, path, axes);
}

Idx read_idx(const std::filesystem::path& path, std::size_t axes) {
  ContentReader content(path);
  Shape shape = read_header(content, path, axes);
  if (claimed_bytes(shape) > content.longest_possible()) {
    fail(path, fmt::format("{}, more than a file of this length can hold; is it complete?",
                           claim(shape)));
  }
  auto bytes = read_elements(content, path, shape);
  std::array<std::uint8_t, 1> extra{};
  if (content.read(extra) != 0) {
    fail(path, fmt::format("{}, but there are more bytes after them", claim(shape)));
  }
  return {std::move(shape), std::move(bytes)};
}

}  // namespace nnrun
