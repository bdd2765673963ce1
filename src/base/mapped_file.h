// A file that is read where its bytes are needed, by the system's own paging.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "base/file.h"

namespace nnrun {

/// All bytes of a regular file, mapped into memory (mmap(2)). What is read stays in memory until it is let go of, and is
/// read again when it is needed. A file that becomes shorter meanwhile, or a disk that fails, ends the program with a
/// message and status 1: there is nothing to go on with.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  MappedFile(MappedFile&&) = delete;
  MappedFile& operator=(MappedFile&&) = delete;

  std::span<const std::uint8_t> bytes() const { return bytes_; }
  /// Lets go of what this process has in memory of it. Any thread may call it at any time.
  void release() const;

 private:
  Descriptor file_;
  std::span<const std::uint8_t> bytes_;
};

/// Of all of it, without keeping it in memory.
std::string sha256(const MappedFile& file);

}  // namespace nnrun
