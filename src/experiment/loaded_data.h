// The data sets of the experiments that are trained, each read once.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "experiment/dataset_spec.h"

namespace nnrun {

class LoadedData {
 public:
  /// Reads the samples, or has them.
  const Data& load(const DataSource& source);

  /// The SHA-256 of each file. A published data set is known by its checksums, so that a grid that is
  /// finished needs no data: who runs it again on another machine expects it to be skipped, not to fetch
  /// what nothing needs.
  const std::vector<std::string>& checksums(const DataSource& source);

 private:
  std::map<std::string, std::unique_ptr<Data>> data_;  ///< by its key
  std::map<std::string, std::vector<std::string>> checksums_;
};

}  // namespace nnrun
