// What a trained run makes of samples, as text.
#pragma once

#include <string>
#include <vector>

#include "experiment/predictions.h"
#include "report/output_format.h"

namespace nnrun {

struct Evaluation {
  std::string run;   ///< its folder
  std::string data;  ///< the data set: "mnist"
  std::string part;  ///< "test"
  std::size_t samples = 0;
  Measured measured;
};

/// What a confusion matrix says of one class.
struct ClassFigures {
  std::uint64_t support = 0;  ///< samples of the class
  double precision = 0;       ///< right ones among those that were predicted as such; 0 of none
  double recall = 0;          ///< right ones among the class's; 0 of none
  double f1 = 0;              ///< their harmonic mean; 0 where both are 0
};

/// Of each class, from counts [classes, classes]: true, predicted.
std::vector<ClassFigures> class_figures(const std::vector<std::uint64_t>& confusion);

/// The measures, the confusion matrix and the figures of each class. csv has one value a line: figure, class,
/// predicted, value. Only csv and json have every digit, and the matrix of more than 30 classes.
std::string to_text(const Evaluation& evaluation, const Model& model, OutputFormat format);

/// A row for each sample: its name, the predicted class and the next likely one, with their scores.
OutputTable labels_table(const std::vector<std::string>& names, const Predictions& predictions);

}  // namespace nnrun
