// One pass of a group of runs over samples: each block is brought into cache once for all of them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "train/augmenter.h"
#include "train/features.h"
#include "train/first_layers.h"
#include "train/model.h"
#include "train/shards.h"

namespace nnrun {

/// A run as a pass sees it.
struct PassRun {
  const Model* model = nullptr;
  std::span<const Scalar> parameters;
  /// One gradient for each shard of a trained section, each written by its shard alone: of the
  /// parameters that the bundle's first layers do not have.
  std::vector<std::vector<Scalar>>* gradients = nullptr;
  std::size_t place = 0;  ///< among all runs of the pass
};

/// Runs that go through a block together.
struct Bundle {
  std::vector<PassRun> runs;
  /// Their first layers; null where each network is given a matrix of numbers.
  std::unique_ptr<FirstLayers> first_layers;
};

/// What a run's measures add up to over some samples.
struct Tally {
  std::vector<double> sums;              ///< of Model::measures(), over the samples
  std::vector<std::uint64_t> confusion;  ///< [classes, classes] when asked for: true, predicted
  std::size_t samples = 0;

  void add(const Tally& other);
  /// The means over the samples; empty when there are none.
  std::vector<double> means() const;
};

/// Samples that a pass goes over.
struct Section {
  const Shards* shards = nullptr;
  bool train = false;         ///< compute the gradient of the mean loss over this section
  std::size_t confusion = 0;  ///< classes of the data set for a confusion matrix, 0 for none
  const Augmenter* augmenter = nullptr;  ///< what changes the samples, in the dense form alone
  std::size_t epoch = 0;                 ///< of its draws
};

/// Runs passes; owns the workers' scratch memory.
class PassRunner {
 public:
  PassRunner(const Pool& pool, const FeatureScaling& scaling);

  /// Goes over all sections, of which one at most is trained on, with every run. `result[section][run]` has the sums over the section,
  /// added in shard order; gradients are left one for each shard.
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

  static void cut(const Section& section, std::span<Bundle> bundles,
                  std::vector<std::vector<Tally>>& tallies, std::vector<Item>& items);
  static Targets targets(const Item& item, const Model& model,
                         std::span<const std::uint32_t> positions, Worker& worker);
  static void tally(const Item& item, const PassRun& run, const Prediction& prediction,
                    const Targets& targets);
  void process(const Item& item, Worker& worker) const;
  void load(const Section& section, std::span<const std::uint32_t> positions, MatrixView x) const;
  void process_dense(const Item& item, Bundle& bundle, Worker& worker) const;
  static void process_sparse(const Item& item, Bundle& bundle, const ByteBlocks& blocks,
                             Worker& worker);

  const Pool& pool_;
  const FeatureScaling& scaling_;
  std::vector<Worker> workers_;
};

}  // namespace nnrun
