// Confusion matrices as tables of a page.
#pragma once

#include <string>

#include "report/report_source.h"

namespace nnrun {

/// A table for each matrix of confusion.csv and confusion_validation.csv: rows are true classes, columns
/// predicted ones, shaded by their share of the row. The best run's first, the others behind a click. Empty where no run has one that is whole.
std::string html_confusion(const ReportExperiment& experiment);

}  // namespace nnrun
