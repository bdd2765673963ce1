#include "cli/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace nnrun::test {

namespace {

void redirect(int to, const std::filesystem::path& path, int flags) {
  const int file = ::open(path.c_str(), flags, 0600);
  if (file < 0 || ::dup2(file, to) < 0) ::_exit(126);
}

/// In the child: never returns.
[[noreturn]] void become_nnrun(const TemporaryFolder& where, const TemporaryFolder& output,
                               std::vector<std::string> arguments,
                               const std::vector<std::string>& environment, int error) {
  redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
  redirect(STDOUT_FILENO, output / "out", O_WRONLY | O_CREAT);
  redirect(STDERR_FILENO, output / "error", O_WRONLY | O_CREAT);
  if (error >= 0 && ::dup2(error, STDERR_FILENO) < 0) ::_exit(126);
  if (::chdir(where.path().c_str()) != 0) ::_exit(126);
  for (const std::string& variable : environment) {
    const auto equals = variable.find('=');
    ::setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
  }
  std::vector<char*> words = {const_cast<char*>("nnrun")};
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  ::execv(NNRUN_BINARY, words.data());
  ::_exit(127);
}

}  // namespace

Finished nnrun(const TemporaryFolder& where, const std::vector<std::string>& arguments,
               const std::vector<std::string>& environment, int error) {
  const TemporaryFolder output;
  const pid_t child = ::fork();
  if (child == 0) become_nnrun(where, output, arguments, environment, error);
  REQUIRE_GT(child, 0);
  int state = 0;
  REQUIRE_EQ(::waitpid(child, &state, 0), child);
  const int status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  return {status, read_bytes(output / "out"), read_bytes(output / "error")};
}

}  // namespace nnrun::test
