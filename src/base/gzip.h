// Reads a file that may be gzip-compressed, without trusting a byte of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

namespace nnrun {

/// The content of a file, decompressed on the way when it begins as gzip does (RFC 1952).
/// Memory is constant whatever the file claims. A damaged or truncated stream, or bytes after its
/// end, throw Error.
class ContentReader {
 public:
  explicit ContentReader(const std::filesystem::path& path);
  ~ContentReader();
  ContentReader(const ContentReader&) = delete;
  ContentReader& operator=(const ContentReader&) = delete;
  ContentReader(ContentReader&&) = delete;
  ContentReader& operator=(ContentReader&&) = delete;

  /// Fills `out` as far as the content goes; less than asked only at its end.
  std::size_t read(std::span<std::uint8_t> out);

  /// No content can be longer than this: the file's length, or 1032 times it when compressed
  /// (deflate's limit). Known before anything is allocated.
  std::uint64_t longest_possible() const;

  /// How long the content is, header included, when that is known without reading it: of plain files.
  std::optional<std::uint64_t> known_length() const;

 private:
  struct Source;
  std::unique_ptr<Source> source_;
};

}  // namespace nnrun
