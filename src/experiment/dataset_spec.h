// The section `dataset` of an experiment file.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "config/options.h"
#include "core/dataset.h"
#include "train/augmenter.h"
#include "train/features.h"
#include "train/model.h"
#include "train/split.h"

namespace nnrun {

/// Where the samples come from.
struct DataSource {
  std::string name;  ///< YAML name of the data set
  std::shared_ptr<const Dataset> dataset;
  std::optional<std::filesystem::path> folder;  ///< dataset.dir
  std::optional<std::size_t> most_train;        ///< dataset.limit: only the first samples
  std::optional<std::size_t> most_test;
  std::string key;      ///< the same text for the same samples
  bool mapped = false;  ///< what can be stays in its files
  DataFacts facts;      ///< of what is left within the limit
  DataFacts whole;      ///< of all that is loaded
};

/// The section as read. What is not known had a mistake, which is in the diagnostics: nothing may be
/// concluded from it.
struct DatasetSection {
  DataSource data;
  SplitPlan split;
  Scale scale = Scale::kUnit;
  Augmentations augmentations;
  std::string augmentations_key;  ///< the same text for the same augmentations
  LabelRule labels;
  bool facts_known = false;   ///< data.facts
  bool labels_known = false;  ///< labels.kind
  bool split_known = false;   ///< split, and that there are as many samples
};

/// The samples within the limit. Throws when they are not what the facts said: the files changed meanwhile.
Data load_data(const DataSource& source);

/// A data set as an experiment file writes it after `name:`, with nothing else of the section; `where` names the
/// text in messages. Throws an Error with every mistake.
DataSource read_source(const std::string& text, const std::string& where);

/// Reads all keys of the section, and checks what can be checked before samples are read.
DatasetSection read_dataset(Options& options, Reading& reading);

}  // namespace nnrun
