#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;
using test::read_bytes;
using test::TemporaryFolder;
using test::write_bytes;

using Names = std::vector<std::string>;

TEST_CASE("file: read_file gives every byte") {
  const TemporaryFolder folder;
  const std::string content("a\0b\r\n\xff", 6);
  CHECK_EQ(read_file(write_bytes(folder / "x", content), 6), content);
  CHECK_EQ(read_file(write_bytes(folder / "empty", ""), 0), "");
}

TEST_CASE("file: read_file refuses what is not a regular file") {
  const TemporaryFolder folder;
  CHECK(contains(error_of([&] { read_file(folder.path(), 10); }), "not a regular file"));
  REQUIRE_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  // Nobody writes to the pipe: an open that waits would never come back.
  CHECK(contains(error_of([&] { read_file(folder / "pipe", 10); }), "not a regular file"));
  CHECK(contains(error_of([] { read_file("/dev/null", 10); }), "not a regular file"));
}

TEST_CASE("file: read_file says why it cannot open") {
  const TemporaryFolder folder;
  const std::string error = error_of([&] { read_file(folder / "none", 10); });
  CHECK(contains(error, "none: cannot open: No such file or directory"));
}

TEST_CASE("file: read_file stops above its limit") {
  const TemporaryFolder folder;
  const auto path = write_bytes(folder / "x", "12345");
  CHECK_EQ(read_file(path, 5), "12345");
  CHECK(contains(error_of([&] { read_file(path, 4); }), "too large: at most 4 bytes"));
}

TEST_CASE("file: write_file leaves the file and nothing else") {
  const TemporaryFolder folder;
  write_file(folder / "metrics.csv", "epoch\n0\n");
  CHECK_EQ(read_bytes(folder / "metrics.csv"), "epoch\n0\n");
  write_file(folder / "metrics.csv", "new");
  CHECK_EQ(read_bytes(folder / "metrics.csv"), "new");
  CHECK(folder.names() == Names{"metrics.csv"});
}

TEST_CASE("file: a new file is there only when it is finished") {
  const TemporaryFolder folder;
  write_bytes(folder / "x", "old");
  const std::string piece(100000, 'a');
  {
    NewFile file(folder / "x");
    file.append(piece);
    CHECK_EQ(read_bytes(folder / "x"), "old");
  }
  CHECK(folder.names() == Names{"x"});
  NewFile file(folder / "x");
  for (const std::string& part : {piece, std::string("b"), std::string(), piece}) file.append(part);
  file.finish();
  CHECK(read_bytes(folder / "x") == piece + "b" + piece);
  CHECK(folder.names() == Names{"x"});
}

TEST_CASE("file: no link is followed when a file is written") {
  const TemporaryFolder folder;
  write_bytes(folder / "mine", "mine");
  for (const char* name : {"x", ".x.part"}) {
    std::filesystem::create_symlink(folder / "mine", folder / name);
  }
  CHECK(contains(error_of([&] { write_file(folder / "x", "new"); }), "cannot write"));
  CHECK(contains(error_of([&] { GrowingFile grown(folder / "x"); }), "cannot write"));
  CHECK_EQ(read_bytes(folder / "mine"), "mine");
}

TEST_CASE("file: write_file makes the folders on the way") {
  const TemporaryFolder folder;
  write_file(folder / "a/b/c.txt", "x");
  CHECK_EQ(read_bytes(folder / "a/b/c.txt"), "x");
}

TEST_CASE("file: a write that fails leaves no trace and ends with status 1") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "taken/inside");
  try {
    write_file(folder / "taken", "x");
    FAIL("a folder was replaced by a file");
  } catch (const Error& error) {
    CHECK(error.status() == ExitStatus::kRunFailed);
    CHECK(contains(error.what(), "taken: cannot write"));
  }
  CHECK(folder.names() == Names{"taken"});
}

TEST_CASE("file: create_folder says why it cannot") {
  const TemporaryFolder folder;
  write_bytes(folder / "file", "");
  const auto make = [&] { create_folder(folder / "file/below", ExitStatus::kBadInput); };
  CHECK(contains(error_of(make), "cannot create folder: Not a directory"));
}

TEST_CASE("file: a growing file can be read after each append") {
  const TemporaryFolder folder;
  write_bytes(folder / "x.csv", "from before\n");
  GrowingFile file(folder / "x.csv");
  CHECK_EQ(read_bytes(folder / "x.csv"), "");
  file.append("epoch\n");
  CHECK_EQ(read_bytes(folder / "x.csv"), "epoch\n");
  file.append("0\n1\n");
  file.finish();
  CHECK_EQ(read_bytes(folder / "x.csv"), "epoch\n0\n1\n");
}

TEST_CASE("file: a locked folder is refused with its holder's name") {
  const TemporaryFolder folder;
  const FolderLock held(folder.path());
  const std::string error = error_of([&] { FolderLock second(folder.path()); });
  CHECK(contains(error, "in use by another nnrun (process " + std::to_string(::getpid())));
  CHECK(contains(error, "--results"));
}

TEST_CASE("file: a lock ends with its holder") {
  const TemporaryFolder folder;
  { const FolderLock held(folder.path()); }
  CHECK_EQ(error_of([&] { FolderLock second(folder.path()); }), "");
}

/// A child process that holds the folder's lock until it is told to end by closing the pipe.
class LockingChild {
 public:
  explicit LockingChild(const std::filesystem::path& folder) {
    std::array<int, 2> to_child{};
    std::array<int, 2> from_child{};
    REQUIRE_EQ(::pipe(to_child.data()), 0);
    REQUIRE_EQ(::pipe(from_child.data()), 0);
    process_ = ::fork();
    if (process_ == 0) hold(folder, to_child, from_child);
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
  [[noreturn]] static void hold(const std::filesystem::path& folder, const std::array<int, 2>& in,
                                const std::array<int, 2>& out) {
    ::close(in[1]);
    char byte = 0;
    try {
      const FolderLock held(folder);
      if (::write(out[1], "r", 1) == 1 && ::read(in[0], &byte, 1) == 0) ::_exit(0);
    } catch (...) {
    }
    ::_exit(1);
  }

  pid_t process_ = 0;
  int end_of_pipe_ = 0;
};

TEST_CASE("file: a folder locked by another process is refused with that process's name") {
  const TemporaryFolder folder;
  LockingChild child(folder.path());
  const std::string error = error_of([&] { FolderLock second(folder.path()); });
  child.end();
  CHECK(contains(error, "(process " + std::to_string(child.process()) + " on "));
  CHECK_EQ(error_of([&] { FolderLock second(folder.path()); }), "");
}

}  // namespace
}  // namespace nnrun
