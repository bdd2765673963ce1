// What a run comes to in one row: its last, best and test figures.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "train/model.h"
#include "train/trainer.h"

namespace nnrun {

/// Named figures in the order of their columns. A figure that does not exist is left out.
using Figures = std::vector<std::pair<std::string, double>>;

/// Column names of a row's measures: train_loss, train_accuracy, …, validation_loss, ….
std::vector<std::string> record_columns(const Model& model);

/// Those columns' values; NaN-free unless training diverged. Missing parts are empty.
std::vector<std::optional<double>> record_values(const Model& model, const EpochRecord& record);

/// final_epoch; weights_epoch and best_weights_epoch where these are asked for; final_<column> of the last row; best_validation_<measure> with its first epoch;
/// test_<measure>; convergence_epoch.
std::vector<std::string> figure_columns(const Model& model);
Figures figures(const Model& model, const std::vector<EpochRecord>& records,
                const Outcome& outcome);

/// core/convergence.h on the validation loss, or on the train loss when nothing validates.
std::optional<std::size_t> convergence_epoch(const std::vector<EpochRecord>& records);

}  // namespace nnrun
