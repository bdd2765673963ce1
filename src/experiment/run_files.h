// The files of one run's folder: whether a finished run still has them whole, and making room for
// a run that is to be trained.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "experiment/sweep.h"

namespace nnrun {

/// What the files of a finished run lack, a line for each: metrics.csv and timing.csv must have
/// their header and the rows 0 to `final_epoch`, weights/ every parameter in its full length, and
/// the confusion matrices asked for their rows if the run was tested. Empty when all is there.
std::vector<std::string> damages(const std::filesystem::path& folder, const Run& run,
                                 std::size_t final_epoch, bool tested);

/// Throws an Error when a run cannot be written into the folder: a link stands there, or a file, or
/// somebody else's folder.
void check_writable(const std::filesystem::path& folder);

/// Removes what an earlier run left in its folder; nothing that nnrun did not write.
void clear_run(const std::filesystem::path& folder);

/// The header of metrics.csv.
std::vector<std::string> metrics_header(const Model& model);

/// The header of a confusion matrix: K classes and what they were predicted as.
std::vector<std::string> confusion_header(const Run& run);

}  // namespace nnrun
