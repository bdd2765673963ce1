// Where two results differ that should be the same.
#pragma once

#include <filesystem>
#include <string>

namespace nnrun {

/// What a comparison found, for standard output: one line when all is the same. Values of the two
/// sides stand as "left | right".
struct Difference {
  bool same = true;
  std::string text;
};

/// Two runs' folders, or two experiments' or batches', whose runs are paired by their paths from there.
/// Compared are the settings, the checksums of the data, metrics.csv, weights/, the confusion matrices and the
/// figures; when something differs, so is what computed it. What is measured anew by every run is
/// not: timing.csv, times, host and threads. Throws an Error when there is nothing to compare or a
/// run is damaged.
Difference difference(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace nnrun
