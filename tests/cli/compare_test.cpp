#include <algorithm>
#include <filesystem>

#include "cli/process.h"
#include "tiny_experiment.h"

namespace nnrun {

using namespace test;

namespace {

/// Two learning rates with two seeds each, in results/tiny.
void train_grid(const TemporaryFolder& folder) {
  write_tiny_data(folder);
  write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
  const auto trained =
      nnrun(folder, {"tiny.yaml", "-q", "--set", "learning_rate=[2, 1]", "--set", "seed=[1, 2]"});
  REQUIRE_EQ(trained.status, 0);
}

}  // namespace

TEST_CASE("cli: compare shows runs side by side, in every format") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
  REQUIRE_EQ(nnrun(folder, {"tiny.yaml", "--set", "learning_rate=[1, 2]"}).status, 0);
  const auto table = nnrun(folder, {"compare", "results/tiny/"});
  CHECK_EQ(table.status, 0);
  CHECK_EQ(table.error, "");
  CHECK(table.out.starts_with("* best of its column\n"));
  CHECK(contains(table.out, "\nlearning_rate=1  completed  "));
  CHECK(contains(nnrun(folder, {"compare", "results/tiny", "--all"}).out, "final train"));
  const auto csv = nnrun(folder, {"compare", "results/tiny", "--format", "csv"});
  CHECK(csv.out.starts_with("run,learning_rate,status,final_epoch,final_train_loss,"));
  const auto json = nnrun(folder, {"compare", "results/tiny", "--format", "json"});
  CHECK(json.out.starts_with("[\n  {\n    \"run\": \"learning_rate=1\",\n"));
  const auto markdown = nnrun(folder, {"compare", "results/tiny", "--format", "markdown"});
  CHECK(markdown.out.starts_with("| run | learning_rate | status |"));
}

TEST_CASE("cli: compare sorts by any column and groups by a setting") {
  const TemporaryFolder folder;
  train_grid(folder);
  const auto runs = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"compare", "results/tiny", "--format", "csv"});
    const auto found = nnrun(folder, more);
    CHECK_EQ(found.status, 0);
    return found.out;
  };
  const auto places = [](const std::string& csv, const std::string& a, const std::string& b) {
    return csv.find(a) < csv.find(b);
  };
  const std::string sorted = runs({"--runs", "--sort", "learning_rate"});
  CHECK(places(sorted, "\n\"seed=2,learning_rate=1\"", "\n\"seed=1,learning_rate=2\""));
  const std::string reversed = runs({"--runs", "--sort", "learning_rate", "--reverse"});
  CHECK(places(reversed, "\n\"seed=2,learning_rate=2\"", "\n\"seed=1,learning_rate=1\""));
  const std::string grouped = runs({"--group", "learning_rate", "--sort", "learning_rate"});
  CHECK(grouped.starts_with("learning_rate,runs,diverged,final_epoch_mean,"));
  CHECK(places(grouped, "\n1,2,0,3,", "\n2,2,0,3,"));
}

TEST_CASE("cli: compare makes one row of the repeats of a grid point, --runs one of each run") {
  const TemporaryFolder folder;
  train_grid(folder);
  const auto found = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"compare", "results/tiny"});
    return nnrun(folder, more);
  };
  const std::string table = found({}).out;
  CHECK(
      table.starts_with("mean ± standard deviation over seeds\n* best of its column · = does not "
                        "differ from it (paired t test over 2 seeds, two-sided, Holm, 5 %)\n"));
  CHECK(contains(table, "\nlearning_rate=2  2  "));
  CHECK_FALSE(contains(table, "seed="));
  CHECK(contains(found({"--runs"}).out, "\nseed=2,learning_rate=1  "));
  const std::string csv = found({"--format", "csv", "--sort", "test_accuracy_mean"}).out;
  CHECK(csv.starts_with("run,learning_rate,n,diverged,final_epoch_mean,"));
  CHECK_EQ(std::count(csv.begin(), csv.end(), '\n'), 3);
  CHECK(contains(found({"--format", "json"}).out, "\"test_accuracy_sd\": "));
  CHECK_EQ(found({"--runs", "--group", "seed"}).status, 2);
}

TEST_CASE("cli: compare by two settings has both in every block of a wide table") {
  const TemporaryFolder folder;
  train_grid(folder);
  const std::string found =
      nnrun(folder, {"compare", "results/tiny", "--group", "learning_rate", "--group", "seed"}).out;
  std::size_t blocks = 0;
  for (auto at = found.find("\nlearning_rate"); at != std::string::npos;
       at = found.find("\nlearning_rate", at + 1)) {
    CHECK_EQ(found.substr(at + 1, 19), "learning_rate  seed");
    ++blocks;
  }
  CHECK_GT(blocks, 1);
}

TEST_CASE("cli: run, compare and report tell of a run that did not learn what is wrong") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
  const auto run = nnrun(folder, {"tiny.yaml", "--set", "learning_rate=[1e-9, 2]", "--report"});
  REQUIRE_EQ(run.status, 0);
  const std::string told =
      "; take a larger learning rate or more epochs (learning rate 1e-09; the least that "
      "has no such message is 2)";
  INFO(run.out);
  CHECK(contains(run.out, "\nlearning_rate=1e-09: "));
  CHECK(contains(run.out, told + "\n\nresults/tiny/runs.csv\n"));
  const auto table = nnrun(folder, {"compare", "results/tiny"});
  CHECK(contains(table.out, "\nlearning_rate=1e-09: "));
  CHECK(table.out.ends_with(told + "\n"));
  CHECK(contains(nnrun(folder, {"compare", "results/tiny", "--format", "csv"}).out, told));
  CHECK(contains(read_bytes(folder / "results/tiny/report.html"),
                 "the least that has no such message is 2)"));
}

TEST_CASE("cli: compare says which run of runs.csv is not finished, or not there") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
  REQUIRE_EQ(nnrun(folder, {"tiny.yaml", "--set", "learning_rate=[1, 2]"}).status, 0);
  const auto run = folder / "results/tiny/learning_rate=1";
  std::filesystem::remove(run / "run.json");
  const auto compared = nnrun(folder, {"compare", "results/tiny", "--format", "csv"});
  CHECK_EQ(compared.status, 0);
  CHECK(contains(compared.error, "results/tiny/learning_rate=1: not finished; left out"));
  CHECK(contains(compared.out, "learning_rate=2"));
  CHECK_FALSE(contains(compared.out, "learning_rate=1,"));
  std::filesystem::remove_all(run);
  CHECK(contains(nnrun(folder, {"compare", "results/tiny"}).error,
                 "results/tiny/learning_rate=1: in runs.csv, but not there; left out"));
}

TEST_CASE("cli: compare finds the runs where runs.csv is torn") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
  REQUIRE_EQ(nnrun(folder, {"tiny.yaml", "-q", "--set", "learning_rate=[1, 2]"}).status, 0);
  const auto table = folder / "results/tiny/runs.csv";
  const std::string whole = read_bytes(table);
  const std::string compared =
      nnrun(folder, {"compare", "results/tiny", "--sort", "learning_rate", "--format", "csv"}).out;
  for (const std::string& torn : {whole.substr(0, whole.size() - 20), whole.substr(0, 30),
                                  whole + "\n", whole + "\"", std::string()}) {
    write_bytes(table, torn);
    const auto done =
        nnrun(folder, {"compare", "results/tiny", "--sort", "learning_rate", "--format", "csv"});
    CHECK_EQ(done.status, 0);
    CHECK_EQ(done.out, compared);
    CHECK_EQ(nnrun(folder, {"report", "results/tiny"}).status, 0);
  }
}

TEST_CASE("cli: compare tells what it cannot compare, with status 2") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
  REQUIRE_EQ(nnrun(folder, {"tiny.yaml"}).status, 0);
  const auto told = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "compare");
    const auto found = nnrun(folder, arguments);
    CHECK_EQ(found.status, 2);
    CHECK_EQ(found.out, "");
    return found.error;
  };
  CHECK(contains(told({}), "DIR is required"));
  CHECK_EQ(told({"nowhere"}), "nowhere: no such folder\n");
  CHECK_EQ(
      told({"results"}),
      "results: a folder of experiments, not of runs; give those that you mean: results/tiny\n");
  CHECK_EQ(told({"results/tiny", "--group", "rate"}),
           "no setting 'rate' in these runs; they differ in: none\n");
  CHECK(told({"results/tiny", "--sort", "test_los"})
            .starts_with("no column 'test_los'; did you mean 'test_loss'? columns: run, status, "));
  CHECK(contains(told({"results/tiny", "--reverse"}), "--reverse requires --sort"));
  CHECK_EQ(told({"results/tiny", "results/tiny/run/"}),
           "results/tiny/run: this run is given twice\n");
  CHECK(contains(told({"results/tiny", "--format", "xml"}), "--format: xml not in {table,csv,"));
  write_bytes(folder / "results/tiny/run/metrics.csv", "epoch,train_loss\n0,0.5\n1\n");
  CHECK_EQ(
      told({"results/tiny"}),
      "results/tiny/run/metrics.csv: changed since it was written: its SHA-256 is not the one in run.json; "
      "train the run anew with --retry damaged\n");
}

}  // namespace nnrun
