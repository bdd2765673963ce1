// nnrun list --markdown: the reference that is kept beside the experiment files.
#include "cli/process.h"

namespace nnrun {

using namespace test;

TEST_CASE("cli: configs/REFERENCE.md is what list --markdown prints") {
  const TemporaryFolder folder;
  const auto found = nnrun(folder, {"list", "--markdown"});
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.error, "");
  const bool same = found.out == read_bytes(NNRUN_SOURCE_DIR "/configs/REFERENCE.md");
  CHECK_MESSAGE(same, "renew it: build/nnrun list --markdown >configs/REFERENCE.md");
}

TEST_CASE("cli: list --markdown has each option with what it accepts and its default") {
  const TemporaryFolder folder;
  const auto found = nnrun(folder, {"list", "--markdown"});
  for (const char* part :
       {"\n## Layers\n", "\n### dense\n", "Example: `dense: {units: 3}`\n",
        "| option | accepted | default |\n| --- | --- | --- |\n| units | a whole number from 1 to ",
        "| stddev | a real number > 0 | 0.01 |", "\n### softmax\n"}) {
    CHECK(contains(found.out, part));
  }
  const auto both = nnrun(folder, {"list", "layers", "--markdown"});
  CHECK_EQ(both.status, 2);
  CHECK(contains(both.error, "--markdown"));
}

}  // namespace nnrun
