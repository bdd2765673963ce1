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

}  // namespace nnrun::test
