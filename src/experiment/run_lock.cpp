#include "experiment/run_lock.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/file.h"
#include "base/host.h"
#include "base/text.h"
#include "experiment/checkpoint.h"
#include "experiment/run_files.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestHolder = 4096;
constexpr mode_t kFolderMode = 0777;  // less the user's umask

fs::path lock_file(const fs::path& run_folder) { return checkpoint_folder(run_folder) / "lock"; }

/// The lock, in a folder that whoever holds it may remove between these two steps: then once more.
std::optional<FileLock> try_hold_file(const fs::path& run_folder) {
  constexpr int kTries = 1000;
  check_no_link(run_folder);
  check_no_link(checkpoint_folder(run_folder));
  add_folder(run_folder, ExitStatus::kRunFailed);
  for (int i = 1;; ++i) {
    if (::mkdir(checkpoint_folder(run_folder).c_str(), kFolderMode) != 0 && errno != EEXIST) {
      throw system_error("create folder", checkpoint_folder(run_folder).string(),
                         ExitStatus::kRunFailed);
    }
    try {
      return FileLock::try_hold(lock_file(run_folder));
    } catch (const FileLock::NoFolder& error) {
      spdlog::debug("{}", error.what());
      if (i == kTries) throw;
    }
  }
}

}  // namespace

std::optional<RunLock> RunLock::try_hold(const fs::path& run_folder) {
  auto lock = try_hold_file(run_folder);
  if (!lock) return std::nullopt;
  lock->write(fmt::format("process {} on {}", ::getpid(), host_name()));
  return RunLock(std::move(*lock), run_folder);
}

std::string RunLock::holder(const fs::path& run_folder) {
  const fs::path file = lock_file(run_folder);
  if (!FileLock::is_held(file)) return {};
  try {
    return printable(read_file(file, kLongestHolder, Links::kRefuse));
  } catch (const Error&) {
    return "another nnrun";  // which has ended meanwhile, or is of another machine or user
  }
}

void RunLock::check_in_place() const {
  if (lock_.is_at_path()) return;
  throw Error(
      printable(lock_file(run_folder_).string()) +
          ": not there any more; the run's folder was moved or removed while it was trained",
      ExitStatus::kRunFailed);
}

void RunLock::remove_checkpoint() const {
  const fs::path folder = checkpoint_folder(run_folder_);
  // The lock last, and the folder only if nobody has made a new lock in it meanwhile.
  for (const char* name : {"state", ".state.part", "lock"}) {
    if (::unlink((folder / name).c_str()) != 0 && errno != ENOENT) {
      throw system_error("remove", (folder / name).string(), ExitStatus::kRunFailed);
    }
  }
  if (::rmdir(folder.c_str()) != 0 && errno != ENOTEMPTY && errno != EEXIST && errno != ENOENT) {
    throw system_error("remove", folder.string(), ExitStatus::kRunFailed);
  }
}

}  // namespace nnrun
