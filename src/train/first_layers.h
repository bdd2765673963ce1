// The first layers of some runs side by side, so that a block of bytes is read once for all of them.
#pragma once

#include <span>
#include <vector>

#include "base/ranks.h"
#include "base/tensor.h"
#include "math/kernels.h"
#include "train/features.h"

namespace nnrun {

/// z = x Wᵀ + b for several runs, each with units of its own, on samples that are bytes. The units
/// are the columns of one matrix, cut into panels as wide as the kernels can keep in registers; a
/// column's values do not depend on its neighbours. The scaling is folded into the weights:
///   x = factor · byte + shift   =>   z = byte (factor Wᵀ) + (b + W shift)
///   dW = factor (dzᵀ byte) + shift Σ dz,  db = Σ dz
/// Weights and gradients are in the order of a run's parameters: W as [D, units], then b.
/// Single neurons have kernels of their own, and go together with each other alone.
class FirstLayers {
 public:
  /// `units` of each run, in order: either all 1, of at most `neurons()` runs, or none.
  FirstLayers(const FeatureScaling& scaling, std::span<const std::size_t> units);

  /// Columns that fill one panel: more runs are worth putting together up to here.
  static std::size_t panel_columns();
  /// Single neurons that fill one vector.
  static std::size_t neurons();

  std::size_t features() const { return scaling_->factors().size(); }
  /// Scalars of z for a block: its rows, and the columns of the panels.
  std::size_t block_size() const;

  /// Takes the weights of features [from, to) of a run from its parameters.
  void pack(std::size_t run, std::span<const Scalar> parameters, std::size_t from, std::size_t to);
  /// Takes the bias; after the weights.
  void pack_bias(std::size_t run, std::span<const Scalar> parameters);

  /// z of a block for all runs.
  void forward(const ByteBlock& block, Scalar* z) const;
  /// Copies a run's columns of z to y [rows, units].
  void take(std::size_t run, const Scalar* z, MatrixView y) const;
  /// Copies dy [rows, units] to the run's columns of dz, and zeros to the row after them.
  void put(std::size_t run, ConstMatrixView dy, Scalar* dz) const;

  /// Starts the gradient of a shard at zero.
  void clear(std::size_t shard);
  /// Adds the gradient of a block to that of a shard. Shards may be worked on at the same time.
  void backward(const ByteBlock& block, const Scalar* dz, std::size_t shard);
  /// Makes room for the gradients of these of so many shards.
  void reserve(std::size_t shards, RankShare mine);
  /// Adds what some shards have of the gradient of a run's bias [units], in their order.
  void add_bias(std::size_t run, RankShare shards, std::span<Scalar> bias_gradient) const;
  /// The same of dzᵀ byte, for features [from, to): [to − from, units].
  void add_weights(std::size_t run, RankShare shards, std::size_t from, std::size_t to,
                   std::span<Scalar> sums) const;
  /// The gradient of weights of features `from` and on, from what dzᵀ byte comes to over all shards.
  void scale(std::size_t from, std::span<const Scalar> bias_gradient, std::span<const Scalar> sums,
             std::span<Scalar> gradient) const;
  /// Both at once of a run's features [from, to), where all shards are here.
  void reduce(std::size_t run, std::size_t shards, std::size_t from, std::size_t to,
              std::span<const Scalar> bias_gradient, std::span<Scalar> gradient) const;

 private:
  /// Columns of one run within one panel.
  struct Segment {
    std::size_t panel;
    std::size_t column;  ///< within the panel
    std::size_t unit;    ///< of the run
    std::size_t count;
  };
  struct Panel {
    std::size_t first;  ///< column
    std::size_t width;  ///< columns: whole vectors, or fewer for a neuron alone
  };
  std::vector<Segment> segments_of(std::size_t first, std::size_t units) const;
  /// Where a feature's weights for a segment lie.
  std::size_t place(const Segment& segment, std::size_t feature) const;
  void add_shifts(std::size_t from, std::span<const Scalar> bias_gradient,
                  std::span<Scalar> gradient) const;
  Scalar* block_row(Scalar* z, const Segment& segment, std::size_t row) const;

  const FeatureScaling* scaling_ = nullptr;
  bool neurons_ = false;  ///< each run has one unit
  std::size_t columns_ = 0;
  std::vector<Panel> panels_;
  std::vector<std::size_t> units_;              ///< of each run
  std::vector<std::vector<Segment>> segments_;  ///< of each run
  AlignedScalars weights_;                      ///< panel after panel, each [D, width]
  AlignedScalars bias_;                         ///< [columns]
  std::vector<AlignedScalars> gradients_;       ///< of each shard: as the weights, then the bias
};

}  // namespace nnrun
