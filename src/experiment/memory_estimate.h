// What training needs at its peak, found out before anything is loaded.
#pragma once

#include <string>
#include <vector>

#include "base/memory.h"
#include "experiment/runner.h"

namespace nnrun {

/// In bytes; real numbers, so that no data set and no network is too large to be counted.
struct MemoryEstimate {
  double process = 0;   ///< the program itself with its libraries and threads
  double data = 0;      ///< data sets: they stay in memory
  double loading = 0;   ///< what reading one of them needs for a moment
  double training = 0;  ///< the largest group of runs that are trained together

  double peak() const { return process + data + std::max(loading, training); }
};

/// Of training these runs on so many threads: never less than it takes, where the kernel keeps its word.
/// Data that may be put into the sparse form is taken to be, with as many bytes that are not zero as the
/// data set is known to have, or all of them.
MemoryEstimate estimate_memory(const std::vector<Sweep>& sweeps, const std::vector<RunRef>& refs,
                               std::size_t threads);

/// "memory: 152 MB of 23.1 GB available", and what to do where that is not enough.
std::string memory_line(const MemoryEstimate& estimate,
                        const std::optional<AvailableMemory>& available);

/// "FILE: compute.memory: ...", where an experiment says that training may not take so much; or nothing.
std::string limit_text(const std::vector<Sweep>& sweeps, const std::vector<RunRef>& refs,
                       const MemoryEstimate& estimate);

/// Throws an Error that says all this when the estimate is above what is available, unless `allow_swap`.
void check_memory(const std::vector<Sweep>& sweeps, const std::vector<RunRef>& refs,
                  std::size_t threads, bool allow_swap);

}  // namespace nnrun
