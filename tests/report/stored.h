// Finished runs as they would be read from a results tree.
#pragma once

#include <string>
#include <vector>

#include "experiment/stored_run.h"

namespace nnrun::test {

inline StoredRun stored(const std::string& name, const std::vector<double>& train_loss,
                        const std::vector<double>& validation_loss,
                        const std::string& status = "completed") {
  StoredRun run;
  run.folder = "results/mine/" + name;
  run.experiment = "mine";
  run.name = name;
  run.status = status;
  run.settings = {{"name", "mine"}, {"loss", "cross_entropy"}};
  run.curves.names = {"learning_rate", "train_loss", "validation_loss"};
  run.curves.values = {std::vector<double>(train_loss.size(), 0.5), train_loss, validation_loss};
  return run;
}

/// One of several runs over learning rates and seeds.
inline StoredRun seeded(const std::string& rate, const std::string& seed, double accuracy) {
  StoredRun run;
  run.experiment = "e";
  run.name = "learning_rate=" + rate + ",seed=" + seed;
  run.folder = "results/e/" + run.name;
  run.status = "completed";
  run.fields = {"learning_rate", "seed"};
  run.settings = {{"seed", seed}, {"learning_rate", rate}};
  run.curves.names = {"train_accuracy"};
  run.curves.values = {{accuracy}};
  run.curves.figures = {{"test_accuracy", accuracy}, {"final_epoch", 3}};
  return run;
}

}  // namespace nnrun::test
