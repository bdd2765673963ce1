#include "experiment/group_writers.h"

#include <sys/resource.h>

#include "experiment/bench.h"

namespace nnrun {

using namespace test;

TEST_CASE("group writers: a run that cannot be written leaves its neighbours alone") {
  Bench alone;
  alone.run(with_rates("[0.5]", alone.folder));
  Bench bench;
  // A folder where run.json's temporary file would stand.
  std::filesystem::create_directories(bench.folder /
                                      "results/tiny/learning_rate=0.1/.run.json.part/mine");
  const Witness witness = bench.run(with_rates("[0.1, 0.5]", bench.folder));
  CHECK(bench.status == ExitStatus::kRunFailed);
  CHECK(contains(witness.failure, ".run.json.part"));
  CHECK_EQ(witness.outcomes.size(), 1);
  CHECK_EQ(bench.file("learning_rate=0.5/metrics.csv"),
           alone.file("learning_rate=0.5/metrics.csv"));
  CHECK(contains(bench.file("runs.csv"), "learning_rate=0.5,0.5,3,completed"));
}

TEST_CASE("group writers: training ends when every run has failed") {
  Bench bench;
  for (const char* rate : {"0.1", "0.5"}) {
    std::filesystem::create_directories(
        bench.folder /
        ("results/tiny/learning_rate=" + std::string(rate) + "/.timing.csv.part/mine"));
  }
  const Witness witness = bench.run(with_rates("[0.1, 0.5]", bench.folder));
  CHECK(bench.status == ExitStatus::kRunFailed);
  CHECK_EQ(witness.outcomes.size(), 0);
}

TEST_CASE("group writers: a group opens no more files than the process may") {
  rlimit before{};
  REQUIRE_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit few = {48, before.rlim_max};
  REQUIRE_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  std::string rates = "0.001";
  for (int i = 2; i <= 60; ++i) rates += ", " + std::to_string(i) + "e-3";
  Bench bench;
  const Witness witness = bench.run(with_rates("[" + rates + "]", bench.folder));
  ::setrlimit(RLIMIT_NOFILE, &before);
  CHECK_EQ(witness.failure, "");
  CHECK_EQ(witness.outcomes.size(), 60);
}

}  // namespace nnrun
