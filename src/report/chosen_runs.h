// The runs of an experiment that a page shows in detail.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "report/report_source.h"

namespace nnrun {

/// The run that came out best, and by what.
struct BestRun {
  std::size_t run = 0;
  std::string by;  ///< "highest final validation accuracy"
};

/// By the first metric, or the loss where there is none, on the validation samples, or the training samples
/// where there are none. Runs that diverged are none of the best; nothing when fewer than two are left.
std::optional<BestRun> best_run(const ReportExperiment& experiment);

/// A run, and what is shown of it.
struct ChosenRun {
  std::size_t run = 0;
  std::string name;
  std::string content = {};
};

/// The best run, or else the first, then the others in their order, `most` in all. Only finished ones.
std::vector<ChosenRun> chosen_runs(const ReportExperiment& experiment, std::size_t most);

/// What is shown of the first, then that of the others behind their number; a note that there are more
/// finished runs than `most`. Empty where nothing is shown of any.
std::string html_chosen(const std::vector<ChosenRun>& chosen, const ReportExperiment& experiment,
                        std::size_t most);

}  // namespace nnrun
