#include "base/file_lock.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

/// A child process that holds a lock until it is told to end by closing the pipe.
class LockingChild {
 public:
  explicit LockingChild(const std::filesystem::path& file) {
    std::array<int, 2> to_child{};
    std::array<int, 2> from_child{};
    REQUIRE_EQ(::pipe(to_child.data()), 0);
    REQUIRE_EQ(::pipe(from_child.data()), 0);
    process_ = ::fork();
    if (process_ == 0) hold(file, to_child, from_child);
    ::close(to_child[0]);
    ::close(from_child[1]);
    end_of_pipe_ = to_child[1];
    char ready = 0;
    REQUIRE_EQ(::read(from_child[0], &ready, 1), 1);
    ::close(from_child[0]);
  }
  void end() {
    ::close(end_of_pipe_);
    ::waitpid(process_, nullptr, 0);
  }
  pid_t process() const { return process_; }

 private:
  [[noreturn]] static void hold(const std::filesystem::path& file, const std::array<int, 2>& in,
                                const std::array<int, 2>& out) {
    ::close(in[1]);
    char byte = 0;
    try {
      const FileLock held = FileLock::hold(file);
      if (::write(out[1], "r", 1) == 1 && ::read(in[0], &byte, 1) == 0) ::_exit(0);
    } catch (...) {
    }
    ::_exit(1);
  }

  pid_t process_ = 0;
  int end_of_pipe_ = 0;
};

TEST_CASE("file_lock: what is held is not had a second time") {
  const TemporaryFolder folder;
  const FileLock held = FileLock::hold(folder / "lock");
  CHECK_FALSE(FileLock::try_hold(folder / "lock"));
  CHECK(FileLock::is_held(folder / "lock"));
}

TEST_CASE("file_lock: a lock ends with its holder") {
  const TemporaryFolder folder;
  { const FileLock held = FileLock::hold(folder / "lock"); }
  CHECK_FALSE(FileLock::is_held(folder / "lock"));
  CHECK(FileLock::try_hold(folder / "lock"));
  CHECK_FALSE(FileLock::is_held(folder / "not there"));
}

TEST_CASE("file_lock: another process's lock ends with that process") {
  const TemporaryFolder folder;
  LockingChild child(folder / "lock");
  CHECK_FALSE(FileLock::try_hold(folder / "lock"));
  child.end();
  CHECK(FileLock::try_hold(folder / "lock"));
}

TEST_CASE("file_lock: a file that was removed by its holder is no lock any more") {
  const TemporaryFolder folder;
  const FileLock first = FileLock::hold(folder / "lock");
  std::filesystem::remove(folder / "lock");
  const auto second = FileLock::try_hold(folder / "lock");
  CHECK(second);
  CHECK_FALSE(FileLock::try_hold(folder / "lock"));
}

TEST_CASE("file_lock: the content says who holds it") {
  const TemporaryFolder folder;
  write_bytes(folder / "lock", "somebody with a long name");
  const FileLock held = FileLock::hold(folder / "lock");
  held.write("process 7");
  CHECK_EQ(read_bytes(folder / "lock"), "process 7");
}

TEST_CASE("file_lock: no link is followed") {
  const TemporaryFolder folder;
  write_bytes(folder / "mine", "mine");
  std::filesystem::create_symlink(folder / "mine", folder / "lock");
  CHECK(contains(error_of([&] { FileLock::try_hold(folder / "lock"); }), "cannot write"));
}

}  // namespace
}  // namespace nnrun
