#include "train/first_layers.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "math/elementwise.h"

namespace nnrun {

namespace {

constexpr std::size_t kBlockRows = ByteBlocks::kBlockRows;

}  // namespace

std::size_t FirstLayers::panel_columns() { return kernels().panel_vectors * kernels().lanes; }

std::size_t FirstLayers::neurons() { return kernels().lanes; }

FirstLayers::FirstLayers(const FeatureScaling& scaling, std::span<const std::size_t> units)
    : scaling_(&scaling),
      neurons_(std::count(units.begin(), units.end(), 1U) != 0),
      units_(units.begin(), units.end()) {
  const std::size_t total = std::accumulate(units.begin(), units.end(), std::size_t{0});
  assert(!neurons_ || (total == units.size() && total <= neurons()));
  const std::size_t lanes = kernels().lanes;
  columns_ =
      neurons_ && total == 1 ? kernels().neuron_columns : (total + lanes - 1) / lanes * lanes;
  for (std::size_t first = 0; first < columns_; first += panel_columns()) {
    panels_.push_back({first, std::min(panel_columns(), columns_ - first)});
  }
  std::size_t first = 0;
  for (const std::size_t count : units) {
    segments_.push_back(segments_of(first, count));
    first += count;
  }
  weights_.resize(features() * columns_);
  bias_.resize(columns_);
}

std::vector<FirstLayers::Segment> FirstLayers::segments_of(std::size_t first,
                                                           std::size_t units) const {
  std::vector<Segment> segments;
  for (std::size_t unit = 0; unit < units;) {
    const std::size_t panel = (first + unit) / panel_columns();
    const std::size_t column = first + unit - panels_[panel].first;
    const std::size_t count = std::min(units - unit, panels_[panel].width - column);
    segments.push_back({panel, column, unit, count});
    unit += count;
  }
  return segments;
}

std::size_t FirstLayers::block_size() const { return kBlockRows * columns_; }

void FirstLayers::pack(std::size_t run, std::span<const Scalar> parameters, std::size_t from,
                       std::size_t to) {
  const std::size_t units = units_[run];
  for (const Segment& segment : segments_[run]) {
    const Panel& panel = panels_[segment.panel];
    const Scalar* weights = parameters.data() + from * units + segment.unit;
    kernels().scaled_sum({.parts = &weights,
                          .part_count = 1,
                          .part_row = units,
                          .factors = scaling_->factors().data() + from,
                          .y = weights_.data() + place(segment, from),
                          .y_row = panel.width,
                          .rows = to - from,
                          .columns = segment.count});
  }
}

void FirstLayers::pack_bias(std::size_t run, std::span<const Scalar> parameters) {
  const std::size_t units = units_[run];
  const auto bias = parameters.subspan(features() * units, units);
  std::vector<Scalar> total(bias.begin(), bias.end());
  const auto shifts = scaling_->shifts();
  for (std::size_t d = 0; d < shifts.size(); ++d) {
    kernels().add_scaled(parameters.data() + d * units, shifts[d], total.data(), units);
  }
  for (const Segment& segment : segments_[run]) {
    std::copy_n(total.data() + segment.unit, segment.count,
                bias_.data() + panels_[segment.panel].first + segment.column);
  }
}

void FirstLayers::forward(const ByteBlock& block, Scalar* z) const {
  for (const Panel& panel : panels_) {
    Scalar* rows = z + panel.first * kBlockRows;
    const Scalar* bias = bias_.data() + panel.first;
    for (std::size_t n = 0; n < block.rows; ++n) {
      std::copy_n(bias, panel.width, rows + n * panel.width);
    }
    const Scalar* weights = weights_.data() + panel.first * features();
    if (neurons_) {
      kernels().neuron_product(block, weights, panel.width, rows);
    } else {
      kernels().byte_product(block, weights, panel.width / kernels().lanes, rows);
    }
  }
}

std::size_t FirstLayers::place(const Segment& segment, std::size_t feature) const {
  const Panel& panel = panels_[segment.panel];
  return panel.first * features() + feature * panel.width + segment.column;
}

Scalar* FirstLayers::block_row(Scalar* z, const Segment& segment, std::size_t row) const {
  const Panel& panel = panels_[segment.panel];
  return z + panel.first * kBlockRows + row * panel.width + segment.column;
}

void FirstLayers::take(std::size_t run, const Scalar* z, MatrixView y) const {
  for (const Segment& segment : segments_[run]) {
    const Panel& panel = panels_[segment.panel];
    const Scalar* from = z + panel.first * kBlockRows + segment.column;
    Scalar* to = y.data() + segment.unit;
    for (std::size_t n = 0; n < y.rows(); ++n) {
      std::copy_n(from + n * panel.width, segment.count, to + n * y.columns());
    }
  }
}

void FirstLayers::put(std::size_t run, ConstMatrixView dy, Scalar* dz) const {
  for (const Segment& segment : segments_[run]) {
    for (std::size_t n = 0; n < dy.rows(); ++n) {
      std::copy_n(dy.data() + n * dy.columns() + segment.unit, segment.count,
                  block_row(dz, segment, n));
    }
    std::fill_n(block_row(dz, segment, dy.rows()), segment.count, Scalar{0});
  }
}

void FirstLayers::reserve(std::size_t shards, RankShare mine) {
  gradients_.resize(std::max(gradients_.size(), shards));
  for (std::size_t s = mine.begin; s < mine.end; ++s) {
    gradients_[s].resize(weights_.size() + columns_);
  }
}

void FirstLayers::clear(std::size_t shard) {
  std::fill(gradients_[shard].begin(), gradients_[shard].end(), Scalar{0});
}

void FirstLayers::backward(const ByteBlock& block, const Scalar* dz, std::size_t shard) {
  Scalar* gradient = gradients_[shard].data();
  for (const Panel& panel : panels_) {
    const Scalar* rows = dz + panel.first * kBlockRows;
    Scalar* weights = gradient + panel.first * features();
    if (neurons_) {
      kernels().add_neuron_product(block, rows, panel.width, weights);
    } else {
      kernels().add_byte_product(block, rows, panel.width / kernels().lanes, weights);
    }
    add_row_sums({rows, block.rows, panel.width},
                 {gradient + weights_.size() + panel.first, panel.width});
  }
}

void FirstLayers::add_bias(std::size_t run, RankShare shards,
                           std::span<Scalar> bias_gradient) const {
  for (const Segment& segment : segments_[run]) {
    const std::size_t at = weights_.size() + panels_[segment.panel].first + segment.column;
    for (std::size_t s = shards.begin; s < shards.end; ++s) {
      add(bias_gradient.subspan(segment.unit, segment.count),
          std::span(gradients_[s]).subspan(at, segment.count));
    }
  }
}

void FirstLayers::add_weights(std::size_t run, RankShare shards, std::size_t from, std::size_t to,
                              std::span<Scalar> sums) const {
  const std::size_t units = units_[run];
  for (const Segment& segment : segments_[run]) {
    for (std::size_t s = shards.begin; s < shards.end; ++s) {
      for (std::size_t d = from; d < to; ++d) {
        add(sums.subspan((d - from) * units + segment.unit, segment.count),
            std::span(gradients_[s]).subspan(place(segment, d), segment.count));
      }
    }
  }
}

void FirstLayers::scale(std::size_t from, std::span<const Scalar> bias_gradient,
                        std::span<const Scalar> sums, std::span<Scalar> gradient) const {
  const std::size_t units = bias_gradient.size();
  const Scalar* part = sums.data();
  kernels().scaled_sum({.parts = &part,
                        .part_count = 1,
                        .part_row = units,
                        .factors = scaling_->factors().data() + from,
                        .y = gradient.data(),
                        .y_row = units,
                        .rows = sums.size() / units,
                        .columns = units});
  add_shifts(from, bias_gradient, gradient);
}

void FirstLayers::add_shifts(std::size_t from, std::span<const Scalar> bias_gradient,
                             std::span<Scalar> gradient) const {
  const std::size_t units = bias_gradient.size();
  const auto shifts = scaling_->shifts();
  if (shifts.empty()) return;
  for (std::size_t row = 0; row < gradient.size() / units; ++row) {
    kernels().add_scaled(bias_gradient.data(), shifts[from + row], gradient.data() + row * units,
                         units);
  }
}

void FirstLayers::reduce(std::size_t run, std::size_t shards, std::size_t from, std::size_t to,
                         std::span<const Scalar> bias_gradient, std::span<Scalar> gradient) const {
  const std::size_t units = units_[run];
  std::vector<const Scalar*> parts(shards);
  for (const Segment& segment : segments_[run]) {
    for (std::size_t s = 0; s < shards; ++s) {
      parts[s] = gradients_[s].data() + place(segment, from);
    }
    kernels().scaled_sum({.parts = parts.data(),
                          .part_count = shards,
                          .part_row = panels_[segment.panel].width,
                          .factors = scaling_->factors().data() + from,
                          .y = gradient.data() + segment.unit,
                          .y_row = units,
                          .rows = to - from,
                          .columns = segment.count});
  }
  add_shifts(from, bias_gradient, gradient);
}

}  // namespace nnrun
