// The learning rate range test as a table, as words and as a picture.
#pragma once

#include <string>

#include "experiment/range_test.h"
#include "report/output_format.h"
#include "report/picture.h"

namespace nnrun {

/// A row for each update: its learning rate, its loss and the smoothed loss. A table has the rates in short.
OutputTable range_table(const RangeTest& test, OutputFormat format);

/// "the loss falls fastest at 0.35; it is least at 3.2, a tenth of which is 0.32", and what else is to be known.
std::string range_suggestion(const RangeTest& test);

/// Both losses over the logarithm of the learning rate; `subject` names the run.
Picture range_picture(const RangeTest& test, const std::string& subject);

}  // namespace nnrun
