// Which runs are repeats of one grid point: those that differ in nothing but what is drawn at random.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/sweep.h"

namespace nnrun {

/// Whether runs that differ in this swept field alone are repeats: "seed", and "dataset.split.fold", the part of the
/// samples that validates.
bool is_repeat_field(std::string_view path);

/// What tells the grid point of a run from the others: all its fields but the repeat fields.
std::string point_name(const Run& run);

/// The places of equal texts, in the order of their first ones.
using Groups = std::vector<std::vector<std::size_t>>;
Groups grouped(const std::vector<std::string>& texts);

/// The runs of each grid point, in the order of their first ones.
Groups grid_points(const Sweep& sweep);

}  // namespace nnrun
