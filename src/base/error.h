// The one exception of nnrun, and the exit statuses it can end with.
#pragma once

#include <stdexcept>
#include <string>

namespace nnrun {

/// What `nnrun` returns to the shell.
enum class ExitStatus : int {
  kDone = 0,
  kRunFailed = 1,      ///< a run failed: a full disk, an allocation that was refused
  kBadInput = 2,       ///< bad arguments, bad file or bad data
  kClaimFails = 3,     ///< a claim does not hold; two runs differ that should not
  kInterrupted = 130,  ///< SIGINT asked to stop, and what was under way is saved
  kTerminated = 143,   ///< SIGTERM did
};

/// A mistake of the user's or of the world's. Thrown where it is found, caught once in main.
/// The message is what the user reads: where, what was found, what would be right.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, ExitStatus status = ExitStatus::kBadInput)
      : std::runtime_error(message), status_(status) {}

  ExitStatus status() const { return status_; }

 private:
  ExitStatus status_;
};

/// "open data/x.idx: No such file or directory": the system's own words for errno.
Error system_error(const std::string& action, const std::string& path, ExitStatus status);

}  // namespace nnrun
