#include "cli/process.h"
#include "math/kernel_choice.h"
#include "tiny_experiment.h"

namespace nnrun {

using namespace test;

namespace {

/// A folder in which the tiny experiment was run twice, the second time with `more` arguments.
struct Twice {
  explicit Twice(const std::vector<std::string>& more) {
    write_tiny_data(folder);
    write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
    REQUIRE_EQ(nnrun(folder, {"tiny.yaml", "-q"}).status, 0);
    std::vector<std::string> again = {"tiny.yaml", "-q", "--results", "again"};
    again.insert(again.end(), more.begin(), more.end());
    REQUIRE_EQ(nnrun(folder, again).status, 0);
  }
  Finished diff(const std::string& a, const std::string& b) const {
    return nnrun(folder, {"diff", a, b});
  }
  TemporaryFolder folder;
};

}  // namespace

TEST_CASE("cli: diff of a run with its repetition ends with status 0 and one line") {
  const Twice twice({"--threads", "1"});
  const auto found = twice.diff("results/tiny/run", "again/tiny/run");
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.out, "the same: 4 rows, 6 columns, 2 weight files\n");
  CHECK_EQ(found.error, "");
}

TEST_CASE("cli: diff of runs that differ ends with status 3 and says where") {
  const Twice twice({"--set", "learning_rate=0.25"});
  const auto found = twice.diff("results/tiny", "again/tiny");
  CHECK_EQ(found.status, 3);
  CHECK(
      found.out.starts_with("differ: results/tiny | again/tiny, 0 of 1 run the same\nrun: differ\n"
                            "  settings: learning_rate 0.5 | 0.25\n"
                            "  metrics.csv: first at epoch 0, learning_rate: 0.5 | 0.25, "));
  CHECK_EQ(found.error, "");
}

TEST_CASE("cli: diff of runs with other kernels names them when it finds a difference") {
  if (kernel_names().size() < 2) return;
  const Twice twice({"--kernel", kernel_names().back()});
  const auto found = twice.diff("results/tiny/run", "again/tiny/run");
  CHECK_EQ(found.status == 3,
           contains(found.out, "kernel " + kernel_names().front() + " | " + kernel_names().back()));
}

TEST_CASE("cli: diff tells of a run that diverged before the other ended") {
  const Twice twice({"--set", "learning_rate=1e38", "--set", "loss=mean_squared_error", "--set",
                     "network=[dense: {units: 3}]"});
  const auto found = twice.diff("results/tiny/run", "again/tiny/run");
  CHECK_EQ(found.status, 3);
  CHECK(contains(found.out, "  status: completed | diverged at epoch "));
  CHECK(contains(found.out, "  metrics.csv: rows: 4 | "));
}

TEST_CASE("cli: diff of what cannot be compared ends with status 2") {
  const Twice twice({});
  const auto told = [&](const std::string& a, const std::string& b) {
    const auto found = twice.diff(a, b);
    CHECK_EQ(found.status, 2);
    CHECK_EQ(found.out, "");
    return found.error;
  };
  CHECK_EQ(told("results/tiny", "nowhere"), "nowhere: no such folder\n");
  CHECK(
      contains(told("results/tiny", "results"), "results: a folder of experiments, not of runs; "));
  CHECK_EQ(told("results/tiny", "results/tiny/."),
           "results/tiny and results/tiny/.: the same folder; nothing to compare\n");
  CHECK(contains(nnrun(twice.folder, {"diff", "results/tiny"}).error, "B is required"));
  CHECK(contains(nnrun(twice.folder, {"diff", "--help"}).out, "Exit status: 0 the same, 3 "));
}

}  // namespace nnrun
