// A training pass of runs whose layers need sums over all samples before any sample can go on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "base/ranks.h"
#include "train/section.h"
#include "train/tally.h"

namespace nnrun {

/// Takes all shards up to a layer that needs sums, adds the sums up in shard order, and takes all
/// shards on; and so back. Each shard is one block, whose activations stay in memory meanwhile. Of several ranks each
/// takes its share of them.
class PassInSteps {
 public:
  PassInSteps(const Pool& pool, const FeatureScaling& scaling) : pool_(pool), scaling_(scaling) {}

  /// Goes over a section with each run; `tallies` are of each shard, a tally for each run of the pass.
  void run(const Section& section, std::span<const PassRun> runs,
           std::vector<std::vector<Tally>>& tallies);

 private:
  /// What a shard keeps from step to step.
  struct ShardMemory {
    AlignedScalars features;
    MatrixView x;  ///< of the features, the same for all runs
    std::vector<std::uint32_t> labels;
    Workspace workspace;
    std::vector<double> sums;
    Targets targets;
    Block block;
  };

  /// Calls body(shard, its number) for each of this rank's, on all threads.
  template <class Body>
  void for_mine(Body body);
  void load(const Section& section);
  void begin(const Section& section, const PassRun& run);
  void forward(const PassRun& run);
  void backward(const Section& section, const PassRun& run);
  /// Adds up what the shards, those of other ranks too, have in their `sums`.
  void total(std::vector<double>& sums);

  const Pool& pool_;
  const FeatureScaling& scaling_;
  std::vector<ShardMemory> shards_;
  RankShare mine_;
  std::vector<double> backward_sums_;
};

}  // namespace nnrun
