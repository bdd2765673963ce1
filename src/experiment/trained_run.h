// A finished run read back so that it can be used: its network and the weights that training left.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/tensor.h"
#include "core/dataset.h"
#include "experiment/spec.h"

namespace nnrun {

struct TrainedRun {
  std::filesystem::path folder;
  nlohmann::ordered_json facts;  ///< run.json
  Experiment experiment;         ///< its data set may have a path relative to the current folder
  AlignedScalars parameters;

  /// "results/task3_lr_sweep/learning_rate=0.3", to be shown.
  std::string shown() const;
};

/// Which of a run's weights: those that it ended with, or those that `keep_best` kept.
enum class TrainedWeights { kLast, kBest };

/// Reads run.json and the weights, which must be those it was written with; `folder` is a run's, or that of an
/// experiment with one run. Throws an Error that says why there is nothing to be used: a folder that is not
/// one of a run, a run that is not finished, failed or diverged (but for its best weights), or kept none, files that are damaged.
TrainedRun read_trained_run(const std::filesystem::path& folder,
                            TrainedWeights which = TrainedWeights::kLast);

/// Throws an Error when `data`, which is of the run's own data set, is not what it was trained on.
void check_data(const TrainedRun& run, const Data& data);

/// Throws an Error when the samples of another data set are not like those that the run was trained on: in
/// their shape, their kind and their classes. `where` names it in messages.
void check_alike(const TrainedRun& run, const DataSource& other, const std::string& where);

}  // namespace nnrun
