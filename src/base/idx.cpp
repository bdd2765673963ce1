#include "base/idx.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/error.h"
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

/// Items, rows and columns multiplied; nothing when 64 bits do not hold that.
std::optional<std::uint64_t> claimed_bytes(const Shape& shape) {
  std::uint64_t total = 1;
  bool beyond = false;
  for (const std::size_t length : shape) {
    if (length == 0) return 0;
    beyond = __builtin_mul_overflow(total, length, &total) || beyond;
  }
  return beyond ? std::nullopt : std::optional(total);
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
  const auto total = claimed_bytes(shape);
  if (shape.size() == 1 || !total) return fmt::format("header says {} bytes", product);
  return fmt::format("header says {} = {} bytes", product, *total);
}

[[noreturn]] void fail_incomplete(const std::filesystem::path& path, const Shape& shape,
                                  std::uint64_t found) {
  fail(path, fmt::format("{}, file has {}; is it complete?", claim(shape), found));
}

[[noreturn]] void fail_trailing(const std::filesystem::path& path, const Shape& shape) {
  fail(path, fmt::format("{}, but there are more bytes after them", claim(shape)));
}

/// Before memory is taken: the bytes that the header claims, if the file can hold them.
std::uint64_t checked_claim(const ContentReader& content, const std::filesystem::path& path,
                            const Shape& shape) {
  const auto total = claimed_bytes(shape);
  if (!total || *total > content.longest_possible()) {
    fail(path, fmt::format("{}, more than a file of this length can hold; is it complete?",
                           claim(shape)));
  }
  if (const auto length = content.known_length()) {
    const std::uint64_t header = sizeof(std::uint32_t) * (1 + shape.size());
    if (*length - header < *total) fail_incomplete(path, shape, *length - header);
    if (*length - header > *total) fail_trailing(path, shape);
  }
  return *total;
}

/// Grows with what is really there beyond `kReserved`: a compressed file may claim a thousand times
/// its length.
std::vector<std::uint8_t> read_elements(ContentReader& content, const std::filesystem::path& path,
                                        const Shape& shape, std::uint64_t total) {
  constexpr std::uint64_t kStep = 1U << 24U;
  constexpr std::uint64_t kReserved = 1U << 30U;  // address space; memory only once it is filled
  std::vector<std::uint8_t> bytes;
  bytes.reserve(content.known_length() ? total : std::min(total, kReserved));
  while (bytes.size() < total) {
    const std::size_t before = bytes.size();
    bytes.resize(before + std::min(kStep, total - before));
    const std::size_t got = content.read(std::span(bytes).subspan(before));
    if (before + got < bytes.size()) fail_incomplete(path, shape, before + got);
  }
  return bytes;
}

}  // namespace

IdxReader::IdxReader(const std::filesystem::path& path, std::size_t axes)
    : path_(path), content_(path), shape_(read_header(content_, path, axes)) {}

std::size_t IdxReader::elements_begin() const {
  return *content_.known_length() - checked_claim(content_, path_, shape_);
}

std::vector<std::uint8_t> IdxReader::elements() {
  auto bytes = read_elements(content_, path_, shape_, checked_claim(content_, path_, shape_));
  std::array<std::uint8_t, 1> extra{};
  if (content_.read(extra) != 0) fail_trailing(path_, shape_);
  return bytes;
}

Shape read_idx_shape(const std::filesystem::path& path, std::size_t axes) {
  return IdxReader(path, axes).shape();
}

Idx read_idx(const std::filesystem::path& path, std::size_t axes) {
  IdxReader reader(path, axes);
  return {reader.shape(), reader.elements()};
}

}  // namespace nnrun
