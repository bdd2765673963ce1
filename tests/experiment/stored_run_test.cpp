#include "experiment/stored_run.h"

#include <sys/stat.h>

#include <cmath>

#include "base/text.h"
#include "experiment/bench.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("stored run: figures, settings and curves are those that were written") {
  Bench bench;
  const auto outcome = bench.run(tiny_experiment(bench.folder)).outcomes.at(0);
  const StoredRun run = read_stored_run(bench.folder / "results/tiny/run");
  CHECK_EQ(run.experiment, "tiny");
  CHECK_EQ(run.name, "run");
  CHECK_EQ(run.status, "completed");
  CHECK_EQ(run.curves.figures.at("test_loss"), outcome.test[0]);
  CHECK_EQ(run.curves.figures.at("final_epoch"), 3);
  const auto* loss = run.curves.find("validation_loss");
  REQUIRE(loss != nullptr);
  CHECK_EQ(loss->size(), 4);
  CHECK_EQ(loss->back(), run.curves.figures.at("final_validation_loss"));
  CHECK(run.curves.find("validation_sharpness") == nullptr);
  CHECK(std::find(run.settings.begin(), run.settings.end(),
                  std::pair<std::string, std::string>("epochs", "3")) != run.settings.end());
}

TEST_CASE("stored run: folders come in the order of the grid, and those it no longer names last") {
  Bench bench;
  bench.run(with_rates("[2, 0.5, 1]", bench.folder));
  bench.run(with_rates("[2, 1]", bench.folder));
  const auto results = bench.folder / "results/tiny";
  const auto folders = run_folders(results);
  REQUIRE_EQ(folders.size(), 3);
  CHECK_EQ(folders[0], results / "learning_rate=2");
  CHECK_EQ(folders[1], results / "learning_rate=1");
  CHECK_EQ(folders[2], results / "learning_rate=0.5");
  CHECK_EQ(run_folders(folders[1]), std::vector{folders[1]});
}

TEST_CASE("stored run: the order is that of the grid when names have commas, too") {
  Bench bench;
  bench.run(with(with_rates("[2, 0.5]", bench.folder), "seed: 3", "seed: [10, 2]"));
  const auto results = bench.folder / "results/tiny";
  const auto folders = run_folders(results);
  REQUIRE_EQ(folders.size(), 4);
  CHECK_EQ(folders[0].filename(), "seed=10,learning_rate=2");
  CHECK_EQ(folders[3].filename(), "seed=2,learning_rate=0.5");
}

TEST_CASE("stored run: a folder without runs is told") {
  const TemporaryFolder folder;
  CHECK(contains(error_of([&] { run_folders(folder.path()); }), "no finished runs in this folder"));
  CHECK(contains(error_of([&] { run_folders(folder / "none"); }), "none: no such folder"));
}

TEST_CASE("stored run: of a folder of experiments, those that can be given are told") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  const auto results = bench.folder / "results";
  const auto told = [&] { return error_of([&] { run_folders(results); }); };
  const std::string first = (results / "tiny").string();
  CHECK_EQ(told(),
           results.string() +
               ": a folder of experiments, not of runs; give those that you mean: " + first);
  for (int e = 0; e < 13; ++e) {
    const auto other = results / ("other" + std::to_string(e));
    std::filesystem::copy(first, other, std::filesystem::copy_options::recursive);
  }
  CHECK(told().ends_with(" and 2 more"));
}

TEST_CASE("stored run: the runs of a batch are found by the paths of its runs.csv") {
  Bench bench;
  bench.run(with_rates("[2, 1]", bench.folder));
  const auto results = bench.folder / "results";
  std::filesystem::create_directory(results / "batch");
  write_bytes(results / "batch/runs.csv",
              "experiment,run,path,remark\n"
              "tiny,learning_rate=1,../tiny/learning_rate=1,\n"
              "tiny,learning_rate=2,../tiny/learning_rate=2,good\n");
  const auto runs = read_runs({results / "batch"}, Keep::kFigures);
  REQUIRE_EQ(runs.size(), 2);
  CHECK_EQ(runs[0].folder, results / "tiny/learning_rate=1");
  CHECK_EQ(runs[1].folder, results / "tiny/learning_rate=2");
  CHECK_EQ(run_folders(results / "batch" / ".").size(), 2);
  CHECK_EQ(run_folders(results / "tiny" / ".").size(), 2);
}

TEST_CASE("stored run: what is damaged is told") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  const auto run = bench.folder / "results/tiny/run";
  const std::string whole = bench.file("run/metrics.csv");
  const auto told = [&](const std::string& text) {
    write_bytes(run / "metrics.csv", text);
    return error_of([&] { read_stored_run(run); });
  };
  const std::string changed =
      "metrics.csv: changed since it was written: its SHA-256 is not the one in run.json; train the "
      "run anew with --retry damaged";
  CHECK(contains(told(""), changed));
  CHECK(contains(told(with(whole, "\n1,0.5,", "\n1,0.6,")), changed));
  CHECK(contains(told(whole.substr(0, whole.rfind("3,"))), changed));
  CHECK_EQ(told(whole), "");
  std::filesystem::remove(run / "metrics.csv");
  CHECK(contains(error_of([&] { read_stored_run(run); }), "metrics.csv: missing"));
  REQUIRE_EQ(::mkfifo((run / "metrics.csv").c_str(), 0600), 0);
  CHECK(contains(error_of([&] { read_stored_run(run); }), "metrics.csv: not a regular file"));
}

}  // namespace
}  // namespace nnrun
