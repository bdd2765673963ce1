#include "report/progress.h"

#include "support.h"

namespace nnrun {

using namespace test;

TEST_CASE("progress: quiet wins, and without a terminal there are lines") {
  CHECK(progress_mode(true, false) == Progress::Mode::kQuiet);
  CHECK(progress_mode(true, true) == Progress::Mode::kQuiet);
  CHECK(progress_mode(false, true) == Progress::Mode::kLines);
  const EnvironmentVariable terminal("TERM", "dumb");
  CHECK(progress_mode(false, false) == Progress::Mode::kLines);
}

}  // namespace nnrun
