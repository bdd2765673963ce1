#include "base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "base/file.h"
#include "base/interrupt.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kBetweenTries{20};

}  // namespace

FileLock::FileLock(const fs::path& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, kNewFileMode)),
      path_(path) {
  if (file_ >= 0) return;
  constexpr ExitStatus kStatus = ExitStatus::kRunFailed;
  if (errno != ENOENT) throw system_error("write", path.string(), kStatus);
  throw NoFolder(system_error("write", path.string(), kStatus).what(), kStatus);
}

FileLock::~FileLock() {
  if (file_ >= 0) ::close(file_);
}

bool FileLock::is_at_path() const {
  struct stat open {};
  struct stat there {};
  return ::fstat(file_, &open) == 0 && ::lstat(path_.c_str(), &there) == 0 &&
         open.st_dev == there.st_dev && open.st_ino == there.st_ino;
}

std::optional<FileLock> FileLock::try_hold(const fs::path& path) {
  while (true) {
    FileLock lock(path);
    if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return std::nullopt;
      throw system_error("lock", path.string(), ExitStatus::kRunFailed);
    }
    if (lock.is_at_path()) return lock;
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
  if (::ftruncate(file_, 0) != 0 || ::pwrite(file_, content.data(), content.size(), 0) < 0) {
    throw system_error("write", path_.string(), ExitStatus::kRunFailed);
  }
}

}  // namespace nnrun
