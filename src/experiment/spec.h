// One grid point: a document without axes, read into what can be trained.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "config/options.h"
#include "experiment/dataset_spec.h"
#include "train/model.h"
#include "train/trainer.h"

namespace nnrun {

struct Experiment {
  std::string name;
  std::string description;
  std::uint64_t seed = 1;
  std::uint64_t init_seed = 1;  ///< of the starting weights; Feed has those of the samples
  DataSource data;
  Feed feed;
  Model model;
  std::size_t epochs = 0;
  std::optional<double> memory;    ///< bytes that training may take at its peak
  double checkpoint_seconds = 10;  ///< between two checkpoints; 0: one after each step
};

/// What an experiment file may have.
Form experiment_form();

/// Reads the key `name`, which must be able to name a folder.
std::string read_name(Options& options);

/// Reads a document whose axes, if any, stand at their first value. Fills every default into it.
/// Checks what can be checked before data is read: options, shapes, the loss's fit with the last
/// layer and the labels, the split's size. Nothing when a mistake was added to the diagnostics.
std::optional<Experiment> read_experiment(Node& document, Reading& reading);

}  // namespace nnrun
