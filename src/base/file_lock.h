// A lock that ends with the process that holds it, however that ends.
#pragma once

#include <filesystem>
#include <optional>

#include "base/file.h"

namespace nnrun {

/// Holds a file, made when it is not there, by flock(2) until destroyed. Locks of processes that are
/// gone do not exist.
class FileLock {
 public:
  /// Nothing when somebody else holds it.
  static std::optional<FileLock> try_hold(const std::filesystem::path& path);
  /// Waits until nobody else holds it. Throws Interrupted when a signal asks to stop meanwhile.
  static FileLock hold(const std::filesystem::path& path);
  /// Whether somebody holds it now; what cannot be opened nobody holds.
  static bool is_held(const std::filesystem::path& path);

  /// Replaces the content, for who wonders who holds it.
  void write(std::string_view content) const;

 private:
  explicit FileLock(Descriptor file, std::filesystem::path path)
      : file_(std::move(file)), path_(std::move(path)) {}

  Descriptor file_;
  std::filesystem::path path_;
};

}  // namespace nnrun
