#include "report/repeats.h"

#include <cmath>

#include "report/stored.h"
#include "support.h"

namespace nnrun {

using namespace test;

namespace {

StoredRun run_named(const std::string& name, const std::vector<double>& loss,
                    const std::string& status = "completed") {
  StoredRun run = stored(name, loss, {}, status);
  run.fields = {"learning_rate", "seed"};
  run.settings.emplace_back("seed", "1");
  run.curves.figures["final_train_loss"] = loss.back();
  return run;
}

}  // namespace

TEST_CASE("repeats: runs that differ in seed or fold alone become their mean and deviation") {
  const std::vector runs = {
      run_named("learning_rate=1,seed=1", {4, 1}),
      run_named("learning_rate=1,seed=2", {4, 3}),
      run_named("learning_rate=2,seed=1,dataset.split.fold=1", {4, 7}),
      run_named("learning_rate=2,seed=1,dataset.split.fold=2", {4, 7}),
  };
  CHECK(have_repeats(runs));
  CHECK_EQ(repeated_over(runs), "seeds and folds");
  const auto repeats = repeats_of(runs);
  REQUIRE_EQ(repeats.size(), 2);
  const StoredRun& first = repeats[0].mean;
  CHECK_EQ(first.name, "learning_rate=1");
  CHECK_EQ(first.folder, "results/mine/learning_rate=1");
  CHECK_EQ(first.fields, std::vector<std::string>{"learning_rate"});
  CHECK_EQ(first.settings.size(), 2);
  CHECK_EQ(*first.curves.find("train_loss"), std::vector<double>{4, 2});
  CHECK_EQ(first.curves.figures.at("final_train_loss"), 2);
  REQUIRE_EQ(first.curves.names[1], "train_loss");
  CHECK_EQ(repeats[0].values[1][0].deviation(), 0);
  CHECK_EQ(repeats[0].values[1][1].deviation(), std::sqrt(2.0));
  CHECK_EQ(repeats[0].figures.at("final_train_loss").deviation(), std::sqrt(2.0));
  CHECK_EQ(repeats[1].mean.name, "learning_rate=2");
  CHECK_EQ(repeats[1].figures.at("final_train_loss").deviation(), 0);
  CHECK_EQ(repeats[1].averaged.size(), 2);
}

TEST_CASE("repeats: what diverged is counted and not averaged; one value has no deviation") {
  const std::vector runs = {run_named("seed=1", {4, 1}),
                            run_named("seed=2", {4, 1e30}, "diverged")};
  const auto repeats = repeats_of(runs);
  REQUIRE_EQ(repeats.size(), 1);
  CHECK_EQ(repeats[0].mean.name, "all seeds");
  CHECK_EQ(repeats[0].averaged.size(), 1);
  CHECK_EQ(repeats[0].diverged, 1);
  CHECK_EQ(repeats[0].mean.curves.figures.at("final_train_loss"), 1);
  CHECK(std::isnan(repeats[0].figures.at("final_train_loss").deviation()));
}

TEST_CASE("repeats: what is not finished is counted and not averaged, what stopped early is") {
  const std::vector runs = {
      run_named("seed=1", {4, 2, 5}), run_named("seed=2", {6, 4}, "interrupted"),
      run_named("seed=3", {6}, "in training"), run_named("seed=4", {6, 4}, "stopped_early")};
  const auto repeats = repeats_of(runs);
  REQUIRE_EQ(repeats.size(), 1);
  // Rows that only some runs have are averaged over those.
  CHECK_EQ(*repeats[0].mean.curves.find("train_loss"), std::vector<double>{5, 3, 5});
  CHECK_EQ(repeats[0].values[1][2].count(), 1);
  CHECK_EQ(repeats[0].averaged.size(), 2);
  CHECK_EQ(repeats[0].missing, 2);
}

TEST_CASE("repeats: a grid point in which all diverged has no means") {
  const std::vector runs = {run_named("learning_rate=1,seed=1", {4, 1e30}, "diverged"),
                            run_named("learning_rate=1,seed=2", {4, 1e30}, "diverged")};
  const auto repeats = repeats_of(runs);
  REQUIRE_EQ(repeats.size(), 1);
  CHECK(repeats[0].mean.curves.figures.empty());
  CHECK_EQ(repeats[0].mean.status, "diverged");
}

TEST_CASE("repeats: there are none where other fields, or the folders, differ") {
  CHECK_FALSE(have_repeats(
      {run_named("learning_rate=1,seed=1", {1}), run_named("learning_rate=2,seed=1", {1})}));
  CHECK_FALSE(have_repeats({run_named("run", {1})}));
  std::vector runs = {run_named("seed=1", {1}), run_named("seed=2", {1})};
  CHECK(have_repeats(runs));
  runs[1].folder = "results/other/seed=2";
  CHECK_FALSE(have_repeats(runs));
}

TEST_CASE("repeats: a run that has none keeps its name and its seed") {
  const std::vector runs = {run_named("learning_rate=1,seed=1", {1}),
                            run_named("learning_rate=2,seed=1", {1}),
                            run_named("learning_rate=2,seed=2", {1})};
  const auto repeats = repeats_of(runs);
  REQUIRE_EQ(repeats.size(), 2);
  CHECK_EQ(repeats[0].mean.name, "learning_rate=1,seed=1");
  CHECK_EQ(repeats[1].mean.name, "learning_rate=2");
}

TEST_CASE("repeats: mean and deviation as text") {
  CHECK_EQ(mean_and_deviation_text(0.97851, 0.00123, 4), "0.9785 ± 0.0012");
  CHECK_EQ(mean_and_deviation_text(12.34, std::nullopt, 1), "12.3");
}

}  // namespace nnrun
