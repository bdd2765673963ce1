// One pass of a group of runs over samples: each block is brought into cache once for all of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "core/dataset.h"
#include "train/features.h"
#include "train/model.h"

namespace nnrun {

/// Samples are cut into at most this many shards, of at least kSmallestShard samples each. The
/// shards are fixed by the number of samples alone: never by threads or by other runs.
inline constexpr std::size_t kMostShards = 16;
inline constexpr std::size_t kSmallestShard = 64;
/// Samples that go through the network together.
inline constexpr std::size_t kBlock = 256;

/// The number of shards for so many samples: at least 1.
std::size_t shard_count(std::size_t samples);

/// A run as a pass sees it.
struct PassRun {
  const Model* model = nullptr;
  std::span<const Scalar> parameters;
  /// One gradient for each shard of a trained section; each is written by its shard alone.
  std::vector<std::vector<Scalar>>* gradients = nullptr;
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

/// Some samples that a pass goes over.
struct Section {
  const Samples* samples = nullptr;
  std::span<const std::uint32_t> positions;
  bool train = false;         ///< compute the gradient of the mean loss over this section
  std::size_t confusion = 0;  ///< classes of the confusion matrix, 0 for none
};

/// Runs passes; owns the workers' scratch memory.
class PassRunner {
 public:
  PassRunner(const Pool& pool, const FeatureScaling& scaling);

  /// Goes over all sections with every run. `result[section][run]` has the sums over the section,
  /// added in shard order; gradients are left one for each shard in `PassRun::gradients`.
  std::vector<std::vector<Tally>> run(std::span<const Section> sections,
                                      std::span<const PassRun> runs);

 private:
  struct Worker {
    std::vector<Scalar> features;
    std::vector<std::uint32_t> labels;
    Workspace workspace;
  };
  struct Item;

  void process(const Item& item, std::span<const PassRun> runs, Worker& worker) const;
  void process_block(const Item& item, std::span<const std::uint32_t> positions,
                     std::span<const PassRun> runs, Worker& worker) const;

  const Pool& pool_;
  const FeatureScaling& scaling_;
  std::vector<Worker> workers_;
};

}  // namespace nnrun
