// The runs of a group while they are trained.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "train/pass.h"
#include "train/stepper.h"

namespace nnrun {

/// Puts runs into bundles and takes steps with them.
class ActiveRuns {
 public:
  /// `sparse`: first layers that can be are given bytes.
  ActiveRuns(const Pool& pool, const FeatureScaling& scaling, bool sparse,
             Reduction reduction = Reduction::kExact)
      : scaling_(scaling), sparse_(sparse), stepper_(pool, reduction) {}

  /// Replaces the runs.
  void assign(std::vector<ActiveRun> runs);
  std::span<ActiveRun> runs() { return runs_; }
  bool empty() const { return runs_.empty(); }

  /// Hands out the runs that have ended; the others go on.
  std::vector<ActiveRun> take_ended();

  /// To be handed to a pass, where each run has its place of `runs()`.
  std::span<Bundle> bundles() { return bundles_; }
  /// Makes room for the gradients of a pass that trains on so many shards, of which this rank has its share.
  void reserve(std::size_t shards);
  /// Takes step `update` (from 1 on) of each run that has not ended, with what a pass over these samples
  /// left.
  void step(const Shards& samples, std::uint64_t update) { stepper_.step(runs_, samples, update); }

 private:
  void bundle_bytes(const std::vector<std::size_t>& places, std::size_t most_columns);
  void add_bundle(const std::vector<std::size_t>& places, bool bytes);

  const FeatureScaling& scaling_;
  bool sparse_;
  std::vector<ActiveRun> runs_;
  std::vector<Bundle> bundles_;
  Stepper stepper_;
};

}  // namespace nnrun
