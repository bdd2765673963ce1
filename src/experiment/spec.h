// One grid point: a document without axes, read into what can be trained.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "config/options.h"
#include "core/dataset.h"
#include "train/model.h"
#include "train/trainer.h"

namespace nnrun {

/// Where the samples come from.
struct DataSource {
  std::string name;  ///< YAML name of the data set
  std::shared_ptr<const Dataset> dataset;
  std::optional<std::filesystem::path> folder;  ///< dataset.dir
  std::string key;                              ///< the same text for the same samples
  DataFacts facts;
};

struct Experiment {
  std::string name;
  std::string description;
  std::uint64_t seed = 1;
  DataSource data;
  Feed feed;
  Model model;
  std::size_t epochs = 0;
};

/// Reads the key `name`, which must be able to name a folder.
std::string read_name(Options& options);

/// Reads a document whose axes, if any, stand at their first value. Fills every default into it.
/// Checks what can be checked before data is read: options, shapes, the loss's fit with the last
/// layer and the labels, the split's size. Nothing when a mistake was added to the diagnostics.
std::optional<Experiment> read_experiment(Node& document, Reading& reading);

}  // namespace nnrun
