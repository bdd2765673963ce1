#include "report/repeats.h"

#include <doctest/doctest.h>

#include <cmath>

namespace nnrun {

namespace {

ReportRun run_named(const std::string& name, const std::vector<double>& loss,
                    const std::string& status = "completed") {
  ReportRun run;
  run.stored.name = name;
  run.stored.status = status;
  run.stored.fields = {"learning_rate", "seed"};
  run.stored.curves.names = {"train_loss"};
  run.stored.curves.values = {loss};
  run.stored.curves.figures["final_train_loss"] = loss.back();
  return run;
}

ReportExperiment experiment_of(const std::vector<ReportRun>& runs) {
  ReportExperiment experiment;
  experiment.name = "swept";
  experiment.runs = runs;
  return experiment;
}

}  // namespace

TEST_CASE("repeats: runs that differ in their seed alone become their mean and deviation") {
  const auto repeats = repeats_of(experiment_of({
      run_named("learning_rate=1,seed=1", {4, 1}),
      run_named("learning_rate=1,seed=2", {4, 3}),
      run_named("learning_rate=2,seed=1", {4, 7}),
      run_named("learning_rate=2,seed=2", {4, 7}),
  }));
  REQUIRE(repeats);
  REQUIRE_EQ(repeats->means.runs.size(), 2);
  const StoredRun& first = repeats->means.runs[0].stored;
  CHECK_EQ(first.name, "learning_rate=1");
  CHECK_EQ(first.fields, std::vector<std::string>{"learning_rate"});
  CHECK_EQ(*first.curves.find("train_loss"), std::vector<double>{4, 2});
  CHECK_EQ(first.curves.figures.at("final_train_loss"), 2);
  CHECK_EQ(*repeats->deviations[0].find("train_loss"), std::vector<double>{0, std::sqrt(2.0)});
  CHECK_EQ(repeats->deviations[0].figures.at("final_train_loss"), std::sqrt(2.0));
  CHECK_EQ(repeats->deviations[1].figures.at("final_train_loss"), 0);
  CHECK_EQ(repeats->averaged, std::vector<std::size_t>{2, 2});
}

TEST_CASE("repeats: what diverged is counted and not averaged; one value has no deviation") {
  const auto repeats = repeats_of(experiment_of({
      run_named("seed=1", {4, 1}),
      run_named("seed=2", {4, 1e30}, "diverged"),
  }));
  REQUIRE(repeats);
  CHECK_EQ(repeats->means.runs[0].stored.name, "all seeds");
  CHECK_EQ(repeats->averaged, std::vector<std::size_t>{1});
  CHECK_EQ(repeats->diverged, std::vector<std::size_t>{1});
  CHECK_EQ(repeats->means.runs[0].stored.curves.figures.at("final_train_loss"), 1);
  CHECK(std::isnan(repeats->deviations[0].figures.at("final_train_loss")));
}

TEST_CASE("repeats: what is not finished is counted and not averaged") {
  const auto repeats = repeats_of(
      experiment_of({run_named("seed=1", {4, 2, 5}), run_named("seed=2", {6, 4}, "interrupted"),
                     run_named("seed=3", {6}, "in training")}));
  REQUIRE(repeats);
  CHECK_EQ(*repeats->means.runs[0].stored.curves.find("train_loss"), std::vector<double>{4, 2, 5});
  CHECK_EQ(repeats->means.runs[0].stored.curves.figures.at("final_train_loss"), 5);
  CHECK_EQ(repeats->averaged, std::vector<std::size_t>{1});
  CHECK_EQ(repeats->missing, std::vector<std::size_t>{2});
}

TEST_CASE("repeats: rows that only some runs have are averaged over those") {
  const auto repeats =
      repeats_of(experiment_of({run_named("seed=1", {4, 2, 5}), run_named("seed=2", {6, 4})}));
  REQUIRE(repeats);
  CHECK_EQ(*repeats->means.runs[0].stored.curves.find("train_loss"), std::vector<double>{5, 3, 5});
}

TEST_CASE("repeats: a group in which all diverged has no means") {
  const auto repeats =
      repeats_of(experiment_of({run_named("learning_rate=1,seed=1", {4, 1e30}, "diverged"),
                                run_named("learning_rate=1,seed=2", {4, 1e30}, "diverged")}));
  REQUIRE(repeats);
  CHECK(repeats->means.runs[0].stored.curves.figures.empty());
  CHECK_EQ(repeats->means.runs[0].stored.status, "diverged");
}

TEST_CASE("repeats: there are none where only other fields differ") {
  CHECK_FALSE(repeats_of(experiment_of(
      {run_named("learning_rate=1,seed=1", {1}), run_named("learning_rate=2,seed=1", {1})})));
  CHECK_FALSE(repeats_of(experiment_of({run_named("run", {1})})));
}

}  // namespace nnrun
