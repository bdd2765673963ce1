#include "report/run_label.h"

#include "report/stored.h"
#include "support.h"

namespace nnrun {
namespace {

using namespace test;

std::vector<std::string> labels_of(const std::vector<std::string>& names) {
  std::vector<StoredRun> runs;
  for (const std::string& name : names) runs.push_back(stored(name, {1}, {1}));
  return run_labels(runs);
}

TEST_CASE("run label: the swept fields by their last word, where that says enough") {
  using Texts = std::vector<std::string>;
  CHECK_EQ(labels_of({"learning_rate=0.3", "learning_rate=1e-05"}),
           Texts{"learning rate 0.3", "learning rate 1e-05"});
  CHECK_EQ(labels_of({"batch_size=full,dataset.labels.one_vs_rest=5"}),
           Texts{"batch size full, one vs rest 5"});
  CHECK_EQ(labels_of({"network.0.dense.units=16,network.2.dense.units=8"}),
           Texts{"network.0.dense.units 16, network.2.dense.units 8"});
  CHECK_EQ(labels_of({"batch_size=8,seed=1", "batch_size=8,seed=2"}), Texts{"seed 1", "seed 2"});
  CHECK_EQ(labels_of({"network.1=tanh"}), Texts{"network.1 tanh"});
  CHECK_EQ(labels_of({"run"}), Texts{""});
}

TEST_CASE("run label: says which experiment where there are several, and what diverged") {
  auto runs = std::vector{stored("run", {1}, {1}), stored("seed=2", {1}, {1}, "diverged")};
  runs[0].experiment = "other";
  CHECK_EQ(run_labels(runs), std::vector<std::string>{"other", "mine, seed 2 (diverged)"});
  CHECK_EQ(run_labels({stored("run", {1}, {1}, "diverged")}).at(0), "diverged");
}

TEST_CASE("axis label: the measure, the loss it is and the unit") {
  auto run = stored("run", {1}, {1});
  CHECK_EQ(axis_label("loss", {run}), "loss (cross_entropy, nats per sample)");
  CHECK_EQ(axis_label("accuracy", {run}), "accuracy (share of samples)");
  CHECK_EQ(axis_label("mean_squared_error", {run}),
           "mean_squared_error (squared output per sample)");
  CHECK_EQ(axis_label("of_another_nnrun", {run}), "of_another_nnrun");

  CHECK_EQ(axis_label("auc_roc", {run}), "auc_roc (area under the ROC curve)");
  CHECK_EQ(axis_label("top_k_accuracy_5", {run}), "top_k_accuracy_5 (share of samples)");

  auto summed = run;
  summed.settings = {{"loss.cross_entropy.reduction", "sum"},
                     {"metrics[0].mean_squared_error.reduction", "sum"}};
  CHECK_EQ(axis_label("loss", {summed}), "loss (cross_entropy, nats)");
  CHECK_EQ(axis_label("mean_squared_error", {summed}), "mean_squared_error (squared output)");
  CHECK_EQ(axis_label("loss", {run, summed}), "loss (cross_entropy)");
  CHECK_EQ(axis_label("mean_squared_error", {run, summed}), "mean_squared_error");

  auto other = run;
  other.settings = {{"loss", "mean_squared_error"}};
  CHECK_EQ(axis_label("loss", {run, other}), "loss");
  other.settings = {{"loss.of_another_nnrun.delta", "2"}};
  CHECK_EQ(axis_label("loss", {other}), "loss (of_another_nnrun)");
  other.settings.clear();
  CHECK_EQ(axis_label("loss", {other}), "loss");
}

}  // namespace
}  // namespace nnrun
