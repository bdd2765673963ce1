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

TEST_CASE("file: write_named_file goes through links, and into what is no regular file") {
  const TemporaryFolder folder;
  write_named_file(folder / "a", "one");
  std::filesystem::create_symlink("a", folder / "link");
  write_named_file(folder / "link", "two");
  CHECK_EQ(read_bytes(folder / "a"), "two");
  CHECK(std::filesystem::is_symlink(folder / "link"));
  REQUIRE_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  const int reader = ::open((folder / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
  write_named_file(folder / "pipe", "three");
  std::array<char, 8> bytes{};
  CHECK_EQ(::read(reader, bytes.data(), bytes.size()), 5);
  ::close(reader);
  CHECK(std::filesystem::is_fifo(folder / "pipe"));
  CHECK_EQ(folder.names(), std::vector<std::string>{"a", "link", "pipe"});
}

TEST_CASE("file: write_named_file of two at once leaves one of them, whole") {
  const TemporaryFolder folder;
  const std::string contents[] = {std::string(200000, 'a'), std::string(300000, 'b')};
  for (const std::string& content : contents) {
    if (::fork() != 0) continue;
    for (int i = 0; i < 20; ++i) write_named_file(folder / "page", content);
    ::_exit(0);
  }
  for (int i = 0; i < 2; ++i) {
    int status = -1;
    ::wait(&status);
    CHECK_EQ(status, 0);
  }
  const std::string written = read_bytes(folder / "page");
  CHECK((written == contents[0] || written == contents[1]));
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

TEST_CASE("file: a folder that is not there is not made by a file") {
  const TemporaryFolder folder;
  CHECK(contains(error_of([&] { write_file(folder / "a/c.txt", "x"); }),
                 "a/.c.txt.part: cannot write: No such file or directory"));
  CHECK(folder.names().empty());
}

TEST_CASE("file: create_folder makes the folders on the way") {
  const TemporaryFolder folder;
  create_folder(folder / "a/b/c/", ExitStatus::kBadInput);
  CHECK(std::filesystem::is_directory(folder / "a/b/c"));
  create_folder(folder / "a/b/c", ExitStatus::kBadInput);
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

TEST_CASE("file: a growing file is cut back and goes on") {
  const TemporaryFolder folder;
  write_bytes(folder / "x.csv", "epoch\n0\n1\n2");
  GrowingFile file(folder / "x.csv", 8);
  CHECK_EQ(read_bytes(folder / "x.csv"), "epoch\n0\n");
  CHECK_EQ(file.size(), 8);
  file.append("1\n");
  CHECK_EQ(file.size(), 10);
  file.finish();
  CHECK_EQ(read_bytes(folder / "x.csv"), "epoch\n0\n1\n");
}

TEST_CASE("file: a growing file that is gone does not begin anew by itself") {
  const TemporaryFolder folder;
  CHECK(contains(error_of([&] { GrowingFile file(folder / "x.csv", 8); }), "cannot write"));
  CHECK(folder.names().empty());
}

TEST_CASE("file: no link is followed where it is refused") {
  const TemporaryFolder folder;
  write_bytes(folder / "mine", "mine");
  std::filesystem::create_symlink(folder / "mine", folder / "x");
  CHECK_EQ(read_file(folder / "x", 100), "mine");
  CHECK(
      contains(error_of([&] { read_file(folder / "x", 100, Links::kRefuse); }), "x: cannot open"));
}

}  // namespace
}  // namespace nnrun
