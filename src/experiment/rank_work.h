// What several ranks do together: the first runs the sweeps, the others train what it tells them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/ranks.h"
#include "experiment/group_writers.h"
#include "experiment/loaded_data.h"
#include "experiment/plan.h"
#include "train/trainer.h"

namespace nnrun {

/// Threads of this rank: as asked for, or its part of the cores that the ranks of this machine share.
std::size_t rank_threads(std::size_t asked);

/// Throws an Error on all ranks where they are of different programs, kernels or files, or where a step of a run that
/// is to be trained has fewer shards than there are ranks. The experiments are compared as they were resolved.
void compare_ranks(const std::vector<Sweep>& sweeps, const Provenance& program);

/// By the first rank, once it knows what is to be trained: each loads the data of it. Throws an Error on all where one
/// cannot, or has other data.
void share_data(const std::vector<Sweep>& sweeps, const std::vector<RunRef>& to_train,
                LoadedData& data);

/// By the first rank, just before it trains a group whose files `writers` has begun: the others do too.
void share_group(const std::vector<HeldRun>& group, const std::filesystem::path& results,
                 const std::vector<Sweep>& sweeps, const GroupWriters& writers,
                 const Position& start);

/// By the first rank: trains, and lets the others end with the same status. What it throws is told and ends the job.
ExitStatus lead_ranks(const std::function<ExitStatus()>& train_all);

/// By the others: trains along until the first rank ends, and returns the status that it ends with.
ExitStatus train_along(const std::vector<Sweep>& sweeps, const RunOptions& options);

}  // namespace nnrun
