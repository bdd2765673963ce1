#include "base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "base/interrupt.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kBetweenTries{20};

/// Whether the path still leads to the open file: its holder may have removed it meanwhile.
bool is_at(const Descriptor& file, const fs::path& path) {
  struct stat open {};
  struct stat there {};
  return ::fstat(file.get(), &open) == 0 && ::lstat(path.c_str(), &there) == 0 &&
         open.st_dev == there.st_dev && open.st_ino == there.st_ino;
}

}  // namespace

std::optional<FileLock> FileLock::try_hold(const fs::path& path) {
  while (true) {
    Descriptor file(path, O_RDWR | O_CREAT | O_NOFOLLOW, ExitStatus::kBadInput);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return std::nullopt;
      throw system_error("lock", path, ExitStatus::kBadInput);
    }
    if (is_at(file, path)) return FileLock(std::move(file), path);
  }
}

FileLock FileLock::hold(const fs::path& path) {
  while (true) {
    if (auto lock = try_hold(path)) return std::move(*lock);
    throw_if_interrupted();
    std::this_thread::sleep_for(kBetweenTries);
  }
}

bool FileLock::is_held(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) return false;
  const bool held = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(file);
  return held;
}

void FileLock::write(std::string_view content) const {
  if (::ftruncate(file_.get(), 0) != 0 ||
      ::pwrite(file_.get(), content.data(), content.size(), 0) < 0) {
    throw system_error("write", path_, ExitStatus::kRunFailed);
  }
}

}  // namespace nnrun
