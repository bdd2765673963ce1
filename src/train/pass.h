// One pass of a group of runs over samples: each block is brought into cache once for all of them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "train/features.h"
#include "train/first_layers.h"
#include "train/pass_in_steps.h"

namespace nnrun {

/// Runs that go through a block together.
struct Bundle {
  std::vector<PassRun> runs;
  /// Their first layers; null where each network is given a matrix of numbers.
  std::unique_ptr<FirstLayers> first_layers;
  bool coupled = false;  ///< their layers need sums over all samples of a training pass
};

/// Runs passes; owns the workers' scratch memory. Of several ranks each has its share of the shards of every section, and
/// tells the others what it came to.
class PassRunner {
 public:
  /// Samples whose blocks of bytes are made at a time where they are not kept.
  static constexpr std::size_t kPiece = 16 * ByteBlocks::kBlockSamples;

  PassRunner(const Pool& pool, const FeatureScaling& scaling);

  /// Goes over all sections, of which one at most is trained on, with every run. `result[section][run]` has
  /// the sums over the section, added in shard order; gradients are left one for each shard of this rank.
  std::vector<std::vector<Tally>> run(std::span<const Section> sections, std::span<Bundle> bundles);

 private:
  struct Worker {
    AlignedScalars features;
    std::vector<std::uint32_t> labels;
    Workspace workspace;
    ByteBlocks blocks;
    AlignedScalars first_outputs;
  };
  struct Item;
  struct Piece;

  /// Of each section, of each of its shards, of each run.
  using Tallies = std::vector<std::vector<std::vector<Tally>>>;

  /// Fills in what other ranks have.
  static void exchange(Tallies& tallies);
  static void cut(const Section& section, std::span<Bundle> bundles,
                  std::vector<std::vector<Tally>>& tallies, std::vector<Item>& items);
  static Block block(const Item& item, const PassRun& run, std::size_t start, ConstMatrixView x,
                     Worker& worker);
  void process(const Item& item, Worker& worker) const;
  static void begin(const Item& item);
  void process_dense(const Item& item, Bundle& bundle, const Piece& piece, Worker& worker) const;
  static void process_sparse(const Item& item, Bundle& bundle, const Piece& piece, Worker& worker);

  const Pool& pool_;
  const FeatureScaling& scaling_;
  PassInSteps in_steps_;
  std::vector<Worker> workers_;
};

}  // namespace nnrun
