#include <filesystem>

#include "cli/place.h"
#include "cli/process.h"

namespace nnrun {

using namespace test;

TEST_CASE("cli: plan shows what is finished and what is to train") {
  const Place place;
  REQUIRE_EQ(nnrun(place.folder, {"tiny.yaml", "--set", "learning_rate=[1]"}).status, 0);
  const auto found = nnrun(place.folder, {"plan", "tiny.yaml", "--set", "learning_rate=[1, 2]"});
  CHECK_EQ(found.status, 0);
  CHECK(contains(found.out, "tiny.yaml: tiny, 2 runs"));
  CHECK(contains(found.out, "completed"));
  CHECK(contains(found.out, "to train"));
  std::filesystem::remove(place.folder / "results/tiny/learning_rate=1/timing.csv");
  const auto damaged = nnrun(place.folder, {"plan", "tiny.yaml", "--set", "learning_rate=[1]"});
  CHECK_EQ(damaged.status, 0);
  CHECK(contains(damaged.out, "finished, but damaged\n"));
  const auto again = nnrun(
      place.folder, {"plan", "tiny.yaml", "--set", "learning_rate=[1]", "--retry", "damaged"});
  CHECK(contains(again.out, "finished, but damaged; to train anew\n"));
}

TEST_CASE("cli: plan shows what --retry trains anew, and counts its memory") {
  const Place place;
  const auto planned = [&](std::vector<std::string> more, const char* command = "plan") {
    more.insert(more.begin(), {command, "tiny.yaml", "--set", "learning_rate=1e38", "--set",
                               "loss=mean_squared_error", "--set", "network=[dense: {units: 3}]"});
    const auto found = nnrun(place.folder, more);
    CHECK_EQ(found.status, 0);
    return found.out;
  };
  planned({}, "run");
  const std::string kept = planned({});
  CHECK(kept.ends_with("  diverged\n"));  // nothing to train: no line of memory
  CHECK_EQ(planned({"--retry", "failed"}), kept);
  const std::string anew = planned({"--retry", "diverged"});
  CHECK(contains(anew, "  diverged; to train anew\n"));
  CHECK_GT(anew.size(), kept.size() + 20);
}

TEST_CASE("cli: plan shows a swept seed or number of epochs once") {
  const Place place;
  const auto header = [&](const std::string& swept) {
    const auto found = nnrun(place.folder, {"plan", "tiny.yaml", "--set", swept});
    CHECK_EQ(found.status, 0);
    const auto start = found.out.find('\n') + 1;
    return found.out.substr(start, found.out.find("  memory", start) - start);
  };
  CHECK_EQ(header("seed=[1, 2]"), "run     seed  epochs  parameters");
  CHECK_EQ(header("epochs=[1, 2]"), "run       epochs  seed  parameters");
}

}  // namespace nnrun
