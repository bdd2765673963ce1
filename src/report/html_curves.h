// The curves of an experiment's runs over the epochs: as still diagrams, and as numbers for those that move.
#pragma once

#include <string>

#include "report/report_source.h"

namespace nnrun {

/// How much of curves one page can hold, shared among its experiments.
struct CurveRoom {
  std::size_t drawn = 0;  ///< rows of each curve in the diagrams that move
  std::size_t still = 0;  ///< and in the still ones
};

/// For as many curves in the page. More rows than pixels cannot be seen.
CurveRoom curve_room(std::size_t curves);

/// The curves in a page: two of each measure and run.
std::size_t count_curves(const ReportExperiment& experiment);

/// A figure for each measure with all runs, then the numbers as JSON:
///   epochs    the rows that are drawn
///   runs      name, and whether it diverged
///   measures  name, label, train and validation: a list of values for each run; null where there is none
/// With `deviations`, of the values of each run: bands of that width around the lines, and the numbers as
///   train_deviation and validation_deviation.
std::string html_curves(const ReportExperiment& experiment, const CurveRoom& room,
                        const std::string& id, const std::vector<Curves>* deviations = nullptr);

}  // namespace nnrun
