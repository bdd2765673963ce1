// The tables of a sweep's runs, kept up to date while they are trained.
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "experiment/run_state.h"
#include "experiment/sweep.h"

namespace nnrun {

class TableWriter {
 public:
  TableWriter(const std::vector<Sweep>& sweeps, std::filesystem::path results);

  /// Writes the tables of this sweep, under the tree's lock: other processes write the same ones. What
  /// they finished meanwhile is read into `states`. Throws an Error when runs of another configuration are
  /// there now: the tables are theirs.
  void write(std::size_t sweep, std::vector<RunState>& states);

  /// The tables are written whole each time: no more often than to take a tenth of the time. At the end
  /// they always are.
  bool due() const { return Clock::now() - written_ > 10 * took_; }

 private:
  using Clock = std::chrono::steady_clock;

  const std::vector<Sweep>& sweeps_;
  std::filesystem::path results_;
  Clock::time_point written_;
  Clock::duration took_{};
};

/// Writes the tables of all sweeps over what is there, and trains nothing.
void write_all_tables(const std::vector<Sweep>& sweeps, const std::filesystem::path& results);

}  // namespace nnrun
