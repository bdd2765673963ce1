// What runs come to at their end, over the values of a field that was swept: a response curve.
#pragma once

#include <vector>

#include "report/picture.h"

namespace nnrun {

/// The picture of a figure that has `against`: the metric's final values on training and validation samples over the
/// field's values, at which each has a mark; of repeats the mean, with a band. Runs that differ in other fields too
/// are curves of their own. What diverged is a gap. The x axis is logarithmic where its values are above 0 and more than
/// a factor of 30 apart. Throws an Error where a run has not measured the metric, or has no number of that
/// field.
Picture make_response(const Figure& figure, const std::vector<StoredRun>& runs);

}  // namespace nnrun
