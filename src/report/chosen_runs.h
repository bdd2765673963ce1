// The runs of an experiment that a page shows in detail.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/report_source.h"

namespace nnrun {

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
