// What a trained run makes of samples: its measures over them, and the scores of each.
#pragma once

#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "experiment/trained_run.h"
#include "train/evaluator.h"

namespace nnrun {

/// The parts of a run's own data set.
enum class Part { kTest, kTrain, kValidation };

/// What training found out about its training file. Throws an Error as training does.
Fitted fit_again(const TrainedRun& run, const Samples& training);

/// Samples that a run is asked about.
struct Asked {
  const Samples& samples;
  std::vector<std::uint32_t> positions;
};

/// All samples of a file.
Asked every_sample(const Samples& samples);

/// A part of the run's own data: training and validation samples as they were in its last epoch. Throws an
/// Error when it has none.
Asked part_of(const TrainedRun& run, const Data& data, const Fitted& fitted, Part part);

struct Measured {
  std::vector<double> values;            ///< of Model::measures()
  std::vector<std::uint64_t> confusion;  ///< [classes, classes]: true, predicted
};

/// Bit for bit the figures of run.json, of the test part and where the run has them of the validation part,
/// with the kernel that it was trained with.
Measured measure(const TrainedRun& run, const Fitted& fitted, Asked asked, const Pool& pool);

struct Predictions {
  std::size_t classes = 0;  ///< K; 2 with labels one_vs_rest
  /// The scores are the outputs of softmax or sigmoid; else they are those of the last layer, and of a single
  /// output a they are 1 − a and a.
  bool are_probabilities = false;
  std::vector<std::uint32_t> positions;  ///< of the samples in their file
  std::vector<std::uint32_t> truth;      ///< their classes, as the run takes the labels
  std::vector<std::uint32_t> predicted;
  std::vector<Scalar> scores;  ///< [samples, classes]

  std::size_t count() const { return predicted.size(); }
  Scalar score(std::size_t sample, std::size_t of_class) const {
    return scores[sample * classes + of_class];
  }
  /// The class with the highest score but the predicted one; the first of equals.
  std::size_t runner_up(std::size_t sample) const;
};

Predictions predict(const TrainedRun& run, const Fitted& fitted, Asked asked, const Pool& pool);

}  // namespace nnrun
