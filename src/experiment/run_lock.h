// Who trains a run: one process at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/file_lock.h"

namespace nnrun {

/// Holds a run's folder for this process until destroyed, by a lock on RUN/checkpoint/lock.
class RunLock {
 public:
  /// Makes the run's folder where it is not there, in its experiment's, which must be. Nothing when another
  /// process holds it.
  static std::optional<RunLock> try_hold(const std::filesystem::path& run_folder);

  /// Whether a process holds it, and which: "process 7 on host", or nothing.
  static std::string holder(const std::filesystem::path& run_folder);

  /// Throws an Error when the run's folder was moved or removed: another may stand in its place, and hold
  /// what another nnrun has made.
  void check_in_place() const;

  /// The run has ended: removes checkpoint/, the lock with it.
  void remove_checkpoint() const;

 private:
  RunLock(FileLock lock, std::filesystem::path run_folder)
      : lock_(std::move(lock)), run_folder_(std::move(run_folder)) {}

  FileLock lock_;
  std::filesystem::path run_folder_;
};

}  // namespace nnrun
