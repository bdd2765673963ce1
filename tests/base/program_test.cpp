#include "base/program.h"

#include <cerrno>

#include "support.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("program: reads its input, and what it writes is kept apart") {
  const auto result = run_program({"sh", "-c", "cat; echo oh no >&2; exit 3"}, "in", {});
  CHECK_EQ(result.error, 0);
  CHECK_EQ(result.status, 3);
  CHECK_EQ(result.output, "in");
  CHECK_EQ(result.messages, "oh no\n");
}

TEST_CASE("program: neither side waits for the other, however much they write") {
  const std::string much(3'000'000, 'x');
  const auto result =
      run_program({"sh", "-c", "cat; cat /dev/zero | head -c 300000 >&2"}, much, {});
  CHECK_EQ(result.status, 0);
  CHECK(result.output == much);
  CHECK_EQ(result.messages.size(), 300000);
  // One that reads nothing of it.
  CHECK_EQ(run_program({"true"}, much, {}).status, 0);
}

TEST_CASE("program: sees the variables it is given, PATH and HOME, nothing else") {
  const EnvironmentVariable secret("NNRUN_TEST_SECRET", "1");
  const EnvironmentVariable home("HOME", "/somewhere");
  const auto result = run_program({"env"}, "", {"LC_ALL=C.UTF-8"});
  CHECK_EQ(result.status, 0);
  CHECK(contains(result.output, "LC_ALL=C.UTF-8\n"));
  CHECK(contains(result.output, "HOME=/somewhere\n"));
  CHECK(contains(result.output, "PATH="));
  CHECK_FALSE(contains(result.output, "NNRUN_TEST_SECRET"));
}

TEST_CASE("program: one that is not there, cannot start or is killed is told from one that fails") {
  const TemporaryFolder folder;
  write_bytes(folder / "not_executable", "#!/bin/sh\n");
  CHECK_EQ(run_program({"nnrun-no-such-program"}, "", {}).error, ENOENT);
  CHECK_EQ(run_program({(folder / "not_executable").string()}, "", {}).error, EACCES);
  CHECK_EQ(run_program({"sh", "-c", "kill -9 $$"}, "", {}).status, 128 + 9);
}

TEST_CASE("program: arguments reach it as they are, without a shell") {
  const auto result = run_program({"printf", "%s|", "$HOME `ls` ; *", "a b"}, "", {});
  CHECK_EQ(result.output, "$HOME `ls` ; *|a b|");
}

TEST_CASE("program: one that takes too long is killed, one that does not is left alone") {
  const auto late = run_program({"sleep", "1000"}, "", {}, std::chrono::seconds(0));
  CHECK(late.late);
  CHECK_EQ(late.status, 128 + 9);
  const auto in_time = run_program({"sh", "-c", "echo here"}, "", {}, std::chrono::seconds(100));
  CHECK_FALSE(in_time.late);
  CHECK_EQ(in_time.status, 0);
  CHECK_EQ(in_time.output, "here\n");
}

TEST_CASE("program: sees everything where it is given the whole environment") {
  const EnvironmentVariable variable("NNRUN_TEST_VARIABLE", "1");
  const auto result = run_program({"env"}, "", whole_environment());
  CHECK(contains(result.output, "NNRUN_TEST_VARIABLE=1\n"));
}

}  // namespace
}  // namespace nnrun
