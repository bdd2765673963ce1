// Runs another program, found in PATH, without a shell.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nnrun {

/// How a program ended, and all that it wrote.
struct ProgramResult {
  int error = 0;      ///< errno of what kept it from starting, such as ENOENT; 0 when it ran
  int status = -1;    ///< exit status, or 128 + the signal that ended it
  bool late = false;  ///< it was ended because it took too long
  std::string output;
  std::string messages;  ///< its standard error
};

/// Runs `words[0]` with the arguments after it and `input` as its standard input, and waits for it.
/// It sees these variables of the environment ("NAME=VALUE") and PATH, HOME and XDG_CACHE_HOME as they
/// are here, nothing else. One that takes longer than `most` is killed. Throws an Error with status 1 when
/// the system has no room for that.
ProgramResult run_program(const std::vector<std::string>& words, std::string_view input,
                          std::vector<std::string> environment,
                          std::optional<std::chrono::seconds> most = std::nullopt);

/// All variables of the environment, for a program that is to see what nnrun sees.
std::vector<std::string> whole_environment();

}  // namespace nnrun
