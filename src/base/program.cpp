#include "base/program.h"

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/error.h"

namespace nnrun {

namespace {

/// A file in memory. The program reads and writes such files instead of pipes, so that neither side
/// ever waits for the other.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content = {})
      : number_(::memfd_create("nnrun", MFD_CLOEXEC)) {
    if (number_ < 0) fail();
    while (!content.empty()) {
      const ssize_t written = ::write(number_, content.data(), content.size());
      if (written < 0) {
        ::close(number_);
        fail();
      }
      content.remove_prefix(static_cast<std::size_t>(written));
    }
    ::lseek(number_, 0, SEEK_SET);
  }
  ~MemoryFile() { ::close(number_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  MemoryFile(MemoryFile&&) = delete;
  MemoryFile& operator=(MemoryFile&&) = delete;

  int number() const { return number_; }

  std::string content() const {
    std::string all;
    std::array<char, 65536> chunk{};
    while (true) {
      const ssize_t got =
          ::pread(number_, chunk.data(), chunk.size(), static_cast<off_t>(all.size()));
      if (got < 0) fail();
      if (got == 0) return all;
      all.append(chunk.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  [[noreturn]] static void fail() {
    throw system_error("use", "a file in memory", ExitStatus::kRunFailed);
  }

  int number_;
};

/// What posix_spawn is to do to the new process before the program begins.
class SpawnPlan {
 public:
  SpawnPlan(const MemoryFile& input, const MemoryFile& output, const MemoryFile& messages) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, input.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, output.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, messages.number(), STDERR_FILENO);
    // nnrun ignores some signals; what it starts is not to inherit that.
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGXFSZ);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigdefault(&attributes_, &defaults);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  SpawnPlan(SpawnPlan&&) = delete;
  SpawnPlan& operator=(SpawnPlan&&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// The texts as execve(2) wants them.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

/// Whether the child has ended; `state` is then how.
bool has_ended(pid_t child, int& state, int options, const std::string& name) {
  while (true) {
    const pid_t ended = ::waitpid(child, &state, options);
    if (ended == child) return true;
    if (ended == 0) return false;
    if (errno != EINTR) throw system_error("wait for", name, ExitStatus::kRunFailed);
  }
}

/// Kills it when the time is over. False when that was needed.
bool ends_in_time(pid_t child, int& state, std::chrono::seconds most, const std::string& name) {
  constexpr std::chrono::milliseconds kBetweenLooks{5};
  const auto end = std::chrono::steady_clock::now() + most;
  while (!has_ended(child, state, WNOHANG, name)) {
    if (std::chrono::steady_clock::now() >= end) {
      ::kill(child, SIGKILL);
      has_ended(child, state, 0, name);
      return false;
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return true;
}

void wait_for(pid_t child, const std::string& name, std::optional<std::chrono::seconds> most,
              ProgramResult& result) {
  int state = 0;
  if (most) {
    result.late = !ends_in_time(child, state, *most, name);
  } else {
    has_ended(child, state, 0, name);
  }
  result.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

}  // namespace

ProgramResult run_program(const std::vector<std::string>& words, std::string_view input,
                          std::vector<std::string> environment,
                          std::optional<std::chrono::seconds> most) {
  const MemoryFile in(input);
  const MemoryFile out;
  const MemoryFile messages;
  for (const std::string name : {"PATH", "HOME", "XDG_CACHE_HOME"}) {
    const char* value = std::getenv(name.c_str());
    if (value != nullptr) environment.push_back(name + "=" + value);
  }
  auto arguments = words;
  const SpawnPlan plan(in, out, messages);
  pid_t child = 0;
  ProgramResult result;
  result.error = ::posix_spawnp(&child, words.front().c_str(), plan.actions(), plan.attributes(),
                                pointers(arguments).data(), pointers(environment).data());
  if (result.error != 0) return result;
  wait_for(child, words.front(), most, result);
  result.output = out.content();
  result.messages = messages.content();
  return result;
}

std::vector<std::string> whole_environment() {
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; ++variable) all.emplace_back(*variable);
  return all;
}

}  // namespace nnrun
