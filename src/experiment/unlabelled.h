// Pictures without labels, to be given to a trained run.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiment/trained_run.h"

namespace nnrun {

struct UnlabelledPictures {
  std::vector<std::string> names;  ///< of the files, sorted
  Samples samples;                 ///< in this order; their labels are all 0 and mean nothing
};

/// Reads all files of a folder as the data set `images` reads its own, hidden ones (.NAME) passed over. Throws
/// an Error that names the file which is no picture of the shape that the run was trained on.
UnlabelledPictures read_unlabelled(const TrainedRun& run, const std::filesystem::path& folder);

}  // namespace nnrun
