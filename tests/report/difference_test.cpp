#include "report/difference.h"

#include "experiment/bench.h"
#include "experiment/edit_run.h"

namespace nnrun {

using namespace test;

namespace {

namespace fs = std::filesystem;

/// An experiment, and a copy of its results to change.
struct Copied {
  explicit Copied(const std::string& rates) {
    bench.run(with_rates(rates, bench.folder));
    fs::copy(a, b, fs::copy_options::recursive);
  }
  void change(const std::string& file, const std::string& old, const std::string& replacement) {
    write_bytes(b / file, with(read_bytes(b / file), old, replacement));
    sign_again((b / file).parent_path());
  }
  /// Of two runs, without the first line.
  std::string lines(const std::string& run) {
    const auto found = difference(a / run, b / run);
    CHECK_FALSE(found.same);
    return found.text.substr(found.text.find('\n') + 1);
  }

  Bench bench;
  fs::path a = bench.folder / "results/tiny";
  fs::path b = bench.folder / "copy";
};

}  // namespace

TEST_CASE("difference: what is the same is told in one line") {
  Copied copied("0.5");
  copied.change("run/run.json", "\"host\": \"", "\"host\": \"other");
  copied.change("run/run.json", "\"kernel\": \"", "\"kernel\": \"other");
  copied.change("run/timing.csv", "0,", "0,1");
  const auto runs = difference(copied.a / "run", copied.b / "run");
  CHECK(runs.same);
  CHECK_EQ(runs.text, "the same: 4 rows, 6 columns, 2 weight files\n");
  const auto experiments = difference(copied.a, copied.b);
  CHECK(experiments.same);
  CHECK_EQ(experiments.text, "the same: 1 run, 4 rows, 2 weight files\n");
}

TEST_CASE("difference: settings, data, status, figures, and the program when anything differs") {
  Copied copied("0.5");
  copied.change("run/run.json", "\"seed\": 3,\n    \"dataset\"", "\"seed\": 4,\n    \"dataset\"");
  copied.change("run/run.json", "\"status\": \"completed\"", "\"status\": \"diverged\"");
  copied.change("run/run.json", "\"sha256\": \"", "\"sha256\": \"0");
  copied.change("run/run.json", "\"convergence_epoch\": ", "\"convergence_epoch\": 1");
  copied.change("run/run.json", "\"version\": \"", "\"version\": \"9");
  const std::string told = copied.lines("run");
  CHECK(contains(told, "  settings: seed 3 | 4\n"));
  CHECK(contains(told, "  data of other bytes: "));
  CHECK(contains(told, "/train-images | "));
  CHECK(contains(told, "  status: completed | diverged\n"));
  CHECK(contains(told, "  figures: 1 of 12 differ: convergence_epoch "));
  CHECK(contains(told, "  computed by another program: version "));
  CHECK_FALSE(contains(told, "metrics.csv"));
}

TEST_CASE("difference: of many settings a few are named") {
  Copied copied("0.5");
  copied.change("run/run.json", "\"dense\"", "\"sparse\"");
  const std::string told = copied.lines("run");
  CHECK(contains(told, "network[0].dense.units 3 | nothing; "));
  CHECK(contains(told, "; and "));
  CHECK(contains(told, " more\n"));
}

TEST_CASE("difference: the runs of two experiments are paired by name") {
  Copied copied("[0.5, 1, 2]");
  fs::rename(copied.b / "learning_rate=2", copied.b / "learning_rate=3");
  copied.change("learning_rate=1/metrics.csv", "\n1,1,", "\n1,2,");
  const auto found = difference(copied.a, copied.b);
  CHECK_FALSE(found.same);
  CHECK_EQ(found.text,
           "differ: " + copied.a.string() + " | " + copied.b.string() +
               ", 1 of 4 runs the same\n"
               "learning_rate=0.5: the same: 4 rows, 6 columns, 2 weight files\n"
               "learning_rate=1: differ\n"
               "  metrics.csv: first at epoch 1, learning_rate: 1 | 2, difference 1 (relative "
               "0.5)\n"
               "  metrics.csv: 1 of 24 cells differ, in 1 of 4 rows; largest relative difference "
               "0.5 at epoch 1, learning_rate\n"
               "learning_rate=2: only in A\n"
               "learning_rate=3: only in B\n");
}

TEST_CASE("difference: the runs of two batches are paired by their paths") {
  Bench bench;
  bench.run(with_rates("[2, 1]", bench.folder));
  const fs::path a = bench.folder / "results";
  fs::create_directory(a / "batch");
  write_bytes(a / "batch/runs.csv",
              "experiment,run,path\ntiny,learning_rate=1,../tiny/learning_rate=1\n");
  const fs::path b = bench.folder / "again";
  fs::copy(a, b, fs::copy_options::recursive);
  CHECK_EQ(difference(a / "batch", b / "batch").text, "the same: 1 run, 4 rows, 2 weight files\n");
  write_bytes(b / "batch/runs.csv",
              "experiment,run,path\ntiny,learning_rate=2,../tiny/learning_rate=2\n");
  const auto found = difference(a / "batch", b / "batch");
  CHECK_FALSE(found.same);
  CHECK(
      found.text.ends_with("0 of 2 runs the same\n../tiny/learning_rate=1: only in A\n"
                           "../tiny/learning_rate=2: only in B\n"));
}

TEST_CASE("difference: what cannot be compared is told") {
  Copied copied("0.5");
  const auto told = [](const fs::path& a, const fs::path& b) {
    return error_of([&] { difference(a, b); });
  };
  const std::string a = copied.a.string();
  CHECK_EQ(told(a + "/run", a + "/run/"),
           a + "/run and " + a + "/run/: the same folder; nothing to compare");
  CHECK_EQ(told(a, copied.b / "run"), copied.b.string() + "/run: a run's folder, but " + a +
                                          " is an experiment's; give two runs or two experiments");
  CHECK_EQ(told(a, "nowhere"), "nowhere: no such folder");
  copied.change("run/metrics.csv", "\n1,0.5,", "\n1,five,");
  CHECK_EQ(told(a, copied.b), copied.b.string() +
                                  "/run/metrics.csv:3: learning_rate: expected a number, got "
                                  "'five'; train the run anew with --retry damaged");
  fs::remove(copied.b / "run/run.json");
  CHECK_EQ(told(a, copied.b), copied.b.string() + ": no finished runs in this folder");
}

}  // namespace nnrun
