#include "base/error.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <string>

namespace nnrun {
namespace {

TEST_CASE("error: a mistake is bad input unless it says otherwise") {
  CHECK(Error("x").status() == ExitStatus::kBadInput);
  CHECK(Error("x", ExitStatus::kRunFailed).status() == ExitStatus::kRunFailed);
}

TEST_CASE("error: a system error has the system's words and a printable path") {
  errno = ENOSPC;
  const Error error = system_error("write", "a\x1b", ExitStatus::kRunFailed);
  CHECK_EQ(std::string(error.what()), "a\\x1b: cannot write: No space left on device");
  CHECK(error.status() == ExitStatus::kRunFailed);
}

}  // namespace
}  // namespace nnrun
