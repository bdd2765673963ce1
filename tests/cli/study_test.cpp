// Repeats, folds, searches and choices of runs, as a user gives them.
#include <filesystem>

#include "cli/place.h"
#include "cli/process.h"

namespace nnrun {

using namespace test;

TEST_CASE("cli: --only trains the runs with these values, --limit the first of them") {
  const Place place;
  const std::vector<std::string> file = {
      "run",   "tiny.yaml", "--set", "learning_rate=[0.1, 0.2, 0.4]",
      "--set", "repeat=2",  "--set", "seed=1"};
  const auto run = [&](std::vector<std::string> more) {
    more.insert(more.begin(), file.begin(), file.end());
    return nnrun(place.folder, more);
  };
  const auto there = [&](const char* name) {
    return std::filesystem::exists(place.folder / ("results/tiny/" + std::string(name)));
  };
  const auto one = run({"--only", "learning_rate=0.2,seed=2"});
  CHECK_EQ(one.status, 0);
  CHECK(contains(one.out, "learning_rate=0.2,seed=2"));
  CHECK_FALSE(contains(one.out, "learning_rate=0.1"));
  CHECK(there("learning_rate=0.2,seed=2/run.json"));
  CHECK_FALSE(there("learning_rate=0.1,seed=1"));
  CHECK_EQ(run({"--limit", "1"}).status, 0);
  CHECK(there("learning_rate=0.1,seed=1/run.json"));
  CHECK_FALSE(there("learning_rate=0.1,seed=2"));
  const auto rest = run({});
  CHECK(contains(rest.error, "2 of 6 runs are finished already"));
}

TEST_CASE("cli: plan writes the exact trials for other programs") {
  const Place place;
  const auto found =
      nnrun(place.folder, {"plan", "tiny.yaml", "--set", "learning_rate=[0.1, 0.2]", "--set",
                           "search={random: {trials: 2}}", "--format", "csv"});
  CHECK_EQ(found.status, 0);
  CHECK(found.out.starts_with("run,trial,learning_rate,seed,epochs,parameters,memory,state\n"));
  CHECK(contains(found.out, "learning_rate=0.1,"));
  CHECK(contains(found.out, "learning_rate=0.2,"));
  CHECK(contains(found.out, ",to train\n"));
}

TEST_CASE("cli: a search tells which trials go on, and plan how far each has come") {
  const Place place;
  const std::vector<std::string> file = {"tiny.yaml", "--set",
                                         "learning_rate={log: {from: 0.01, to: 1, points: 3}}",
                                         "--set", "search={successive_halving: {min_epochs: 1}}"};
  auto run = file;
  run.insert(run.begin(), "run");
  const auto found = nnrun(place.folder, run);
  CHECK_EQ(found.status, 0);
  CHECK(contains(found.error, "1 run goes on to epoch 3: tiny/learning_rate=1"));
  auto plan = file;
  plan.insert(plan.begin(), "plan");
  const auto planned = nnrun(place.folder, plan);
  CHECK(contains(planned.out, "paused at epoch 1\n"));
  CHECK(contains(planned.out, "completed\n"));
  CHECK_FALSE(contains(planned.out, "memory: "));  // nothing is left to train
}

TEST_CASE(
    "cli: more folds than the smallest class has samples are refused before a byte is written") {
  const Place place;
  const auto found = nnrun(place.folder, {"tiny.yaml", "--set", "dataset.split={folds: 150}"});
  CHECK_EQ(found.status, 2);
  CHECK(contains(found.error,
                 "tiny.yaml: dataset.split.folds: 150 folds, but only 100 samples of class"));
  CHECK_FALSE(std::filesystem::exists(place.folder / "results"));
}

TEST_CASE("cli: choices of runs that cannot be meant are refused") {
  const Place place;
  struct Row {
    std::vector<std::string> arguments;
    std::string message;
  };
  const std::vector<Row> rows = {
      {{"--only", "seed=9"}, "--only seed=9: no run has these values"},
      {{"--only", "seed"}, "expected PATH=VALUE,…"},
      {{"--limit", "0"}, "expected a whole number from 1 to"},
      {{"--limit", "x"}, "expected a whole number from 1 to"},
      {{"--set", "seed={integers: {from: 1, to: 90000}}", "--set", "epochs=[1, 2]"},
       "more than 100000 runs; --yes goes on all the same"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    auto arguments = row.arguments;
    arguments.insert(arguments.begin(), "tiny.yaml");
    const auto found = nnrun(place.folder, arguments);
    CHECK_EQ(found.status, 2);
    CHECK(contains(found.error, row.message));
  }
  CHECK_FALSE(std::filesystem::exists(place.folder / "results"));
}

TEST_CASE("cli: --only trains nothing beside runs of another configuration") {
  const Place place;
  REQUIRE_EQ(nnrun(place.folder, {"tiny.yaml", "--set", "learning_rate=[0.1]"}).status, 0);
  for (const char* more : {"--quiet", "--fresh"}) {
    const auto found =
        nnrun(place.folder, {"run", "tiny.yaml", "--set", "learning_rate=[0.1, 0.2]", "--set",
                             "epochs=2", "--only", "learning_rate=0.2", more});
    CHECK_EQ(found.status, 2);
    CHECK(contains(found.error, "learning_rate=0.1: finished with another configuration"));
    CHECK_FALSE(std::filesystem::exists(place.folder / "results/tiny/learning_rate=0.2"));
  }
}

TEST_CASE("cli: --only may choose nothing in one of several files") {
  const Place place;
  const std::string other = tiny_experiment(place.folder, "description: the other\n");
  write_experiment(place.folder, "other.yaml", "name: other" + other.substr(other.find('\n')));
  const auto found = nnrun(place.folder, {"run", "tiny.yaml", "other.yaml", "--set", "seed=[1, 2]",
                                          "--only", "description=the other"});
  CHECK_EQ(found.status, 0);
  CHECK(std::filesystem::exists(place.folder / "results/other/seed=1/run.json"));
  CHECK_FALSE(std::filesystem::exists(place.folder / "results/tiny/seed=1"));
}

}  // namespace nnrun
