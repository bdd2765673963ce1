// A lock that ends with the process that holds it, however that ends.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace nnrun {

/// Holds a file, made when it is not there, by flock(2) until destroyed. Locks of processes that are
/// gone do not exist.
class FileLock {
 public:
  /// Thrown when the folder that the file is to be in is not there.
  class NoFolder : public Error {
   public:
    using Error::Error;
  };

  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  FileLock(FileLock&& other) noexcept
      : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}
  FileLock& operator=(FileLock&&) = delete;

  /// Nothing when somebody else holds it.
  static std::optional<FileLock> try_hold(const std::filesystem::path& path);
  /// Waits until nobody else holds it. Throws Interrupted when a signal asks to stop meanwhile.
  static FileLock hold(const std::filesystem::path& path);
  /// Whether somebody holds it now; what cannot be opened nobody holds.
  static bool is_held(const std::filesystem::path& path);

  /// Whether the path still leads to the open file: its holder may have removed it, or somebody moved its
  /// folder.
  bool is_at_path() const;

  /// Replaces the content, for who wonders who holds it.
  void write(std::string_view content) const;

 private:
  /// Opens it, and holds nothing yet.
  explicit FileLock(const std::filesystem::path& path);

  int file_;
  std::filesystem::path path_;
};

}  // namespace nnrun
