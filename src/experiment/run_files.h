// The files of one run's folder: whether they are whole, and making room for a run that is to be trained.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "experiment/checkpoint.h"
#include "experiment/sweep.h"

namespace nnrun {

/// All of a file of the results tree. Follows no link: it could lead out of it.
std::string read_result(const std::filesystem::path& path);

/// The same, if it is there and has the `digest`, a SHA-256, that run.json says; empty where run.json does not
/// know it. Otherwise throws Damage.
std::string read_intact(const std::filesystem::path& path, const std::string& digest);

/// What is wrong with the files that a run.json lists, a line for each that is not whole.
std::vector<std::string> damages(const std::filesystem::path& folder,
                                 const nlohmann::ordered_json& run_json);

/// The rows of metrics.csv that a checkpoint counts on; what was written after it is left out. Throws
/// Damage when they are not what they were.
std::string metrics_until(const std::filesystem::path& folder, const Checkpoint& checkpoint);

/// Throws Damage when the run cannot go on from the checkpoint.
void check_resumable(const std::filesystem::path& folder, const StoredCheckpoint& stored,
                     const Run& run);

/// Throws an Error when a link stands there: it could lead out of the results tree.
void check_no_link(const std::filesystem::path& folder);

/// Throws an Error when a run cannot be written into the folder: a link stands there, or a file, or
/// somebody else's folder.
void check_writable(const std::filesystem::path& folder);

/// Removes what an earlier run left in its folder; nothing that nnrun did not write, and not the lock.
void clear_run(const std::filesystem::path& folder);

/// Removes what a paused run has beside its checkpoint and the rows that this counts on: it goes on.
void clear_ending(const std::filesystem::path& folder);

/// The header of a confusion matrix: K classes and what they were predicted as.
std::vector<std::string> confusion_header(const Run& run);

}  // namespace nnrun
