// The images that a run is most sure of and wrong about, as a part of a page.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "experiment/loaded_data.h"
#include "experiment/predictions.h"
#include "report/report_source.h"

namespace nnrun {

/// The samples whose predicted class is wrong, by their place in `predictions`: those with the highest score
/// of that class first, of equals the first ones; at most `most`.
std::vector<std::size_t> surest_mistakes(const Predictions& predictions, std::size_t most);

/// Reads each data set once, whatever number of experiments use it.
class MistakesWriter {
 public:
  explicit MistakesWriter(std::size_t threads) : pool_(threads) {}

  /// Of the best run, or the first that is finished, on the test samples. Empty for data that is no images,
  /// and where no sample is taken for another class; a note where the run or its data cannot be read.
  std::string write(const ReportExperiment& experiment);

 private:
  std::string images(const TrainedRun& run, const std::string& name);

  LoadedData data_;
  Pool pool_;
};

}  // namespace nnrun
