#include "train/features.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace nnrun {

ByteRows byte_rows(const Samples& samples) { return {samples.bytes(), samples.width()}; }

namespace {

/// Whole numbers are added up: those of a mapped file may be read as they lie in it.
std::vector<std::uint32_t> in_file_order(const Samples& samples,
                                         std::span<const std::uint32_t> positions) {
  std::vector<std::uint32_t> ordered(positions.begin(), positions.end());
  if (samples.mapped) std::sort(ordered.begin(), ordered.end());
  return ordered;
}

}  // namespace

bool is_sparse(const Samples& samples, std::span<const std::uint32_t> positions) {
  constexpr double kSparse = 0.6;  // from tools/bench: where the two forms take the same time
  const ByteRows rows = byte_rows(samples);
  if (samples.are_numbers() || rows.width > ByteBlocks::kWidest) return false;
  std::size_t set = 0;
  SampleReader reader(samples);
  for (const std::uint32_t position : in_file_order(samples, positions)) {
    reader.read(1);
    const std::uint8_t* row = rows.row(position);
    set += rows.width - static_cast<std::size_t>(std::count(row, row + rows.width, 0));
  }
  return static_cast<double>(set) <= kSparse * static_cast<double>(positions.size() * rows.width);
}

FeatureScaling::FeatureScaling(Scale scale, const Samples& samples,
                               std::span<const std::uint32_t> fitted_on)
    : width_(samples.width()) {
  if (samples.are_numbers()) {
    assert(scale != Scale::kUnit);
    if (scale == Scale::kStandard) fit_numbers(samples, fitted_on);
  } else {
    factors_.assign(width_, scale == Scale::kUnit ? Scalar{1} / 255 : Scalar{1});
    if (scale == Scale::kStandard) fit_bytes(samples, fitted_on);
  }
}

void FeatureScaling::fit_numbers(const Samples& samples, std::span<const std::uint32_t> fitted_on) {
  const auto number = [&](std::uint32_t position, std::size_t d) {
    return static_cast<double>(samples.reals()[position * width_ + d]);
  };
  SampleReader reader(samples);
  const auto count = static_cast<double>(fitted_on.size());
  standards_.resize(width_);
  for (const std::uint32_t position : fitted_on) {
    reader.read(1);
    for (std::size_t d = 0; d < width_; ++d) standards_[d].mean += number(position, d);
  }
  for (Standard& standard : standards_) standard.mean /= count;
  std::vector<double> squares(width_);
  std::vector<bool> varies(width_);
  for (const std::uint32_t position : fitted_on) {
    reader.read(1);
    for (std::size_t d = 0; d < width_; ++d) {
      const double from_mean = number(position, d) - standards_[d].mean;
      squares[d] += from_mean * from_mean;
      if (number(position, d) != number(fitted_on.front(), d)) varies[d] = true;
    }
  }
  for (std::size_t d = 0; d < width_; ++d) {
    standards_[d].factor = varies[d] ? 1 / std::sqrt(squares[d] / count) : 0;
  }
}

void FeatureScaling::fit_bytes(const Samples& samples, std::span<const std::uint32_t> fitted_on) {
  const ByteRows rows = byte_rows(samples);
  std::vector<std::uint64_t> sum(rows.width);
  std::vector<std::uint64_t> squares(rows.width);  // whole numbers: exact in any order
  SampleReader reader(samples);
  for (const std::uint32_t position : in_file_order(samples, fitted_on)) {
    reader.read(1);
    const std::uint8_t* bytes = rows.row(position);
    for (std::size_t d = 0; d < rows.width; ++d) {
      sum[d] += bytes[d];
      squares[d] += std::uint64_t{bytes[d]} * bytes[d];
    }
  }
  const auto count = static_cast<double>(fitted_on.size());
  shifts_.resize(rows.width);
  for (std::size_t d = 0; d < rows.width; ++d) {
    const double mean = static_cast<double>(sum[d]) / count;
    const double variance = static_cast<double>(squares[d]) / count - mean * mean;
    const bool constant = squares[d] * fitted_on.size() == sum[d] * sum[d];
    const double factor = constant ? 0 : 1 / std::sqrt(variance);
    factors_[d] = static_cast<Scalar>(factor);
    shifts_[d] = static_cast<Scalar>(-mean * factor);
  }
}

bool FeatureScaling::folds() const {
  if (factors_.empty()) return false;
  constexpr Scalar kMost = 16;  // standard deviations: costs 4 bits of 24 at most
  return std::all_of(shifts_.begin(), shifts_.end(),
                     [](Scalar shift) { return std::abs(shift) <= kMost; });
}

void FeatureScaling::load(const Samples& samples, std::span<const std::uint32_t> positions,
                          MatrixView x) const {
  load_values(samples, positions, x);
  scale(x);
}

void FeatureScaling::load_values(const Samples& samples, std::span<const std::uint32_t> positions,
                                 MatrixView x) {
  const auto copy = [&](const auto* values) {
    for (std::size_t n = 0; n < positions.size(); ++n) {
      const auto* row = values + positions[n] * x.columns();
      std::transform(row, row + x.columns(), x.row(n).begin(),
                     [](auto value) { return static_cast<Scalar>(value); });
    }
  };
  samples.are_numbers() ? copy(samples.reals()) : copy(samples.bytes());
}

void FeatureScaling::scale(MatrixView x) const {
  for (std::size_t n = 0; n < x.rows(); ++n) {
    const auto row = x.row(n);
    for (std::size_t d = 0; d < factors_.size(); ++d) row[d] *= factors_[d];
    for (std::size_t d = 0; d < shifts_.size(); ++d) row[d] += shifts_[d];
    for (std::size_t d = 0; d < standards_.size(); ++d) {
      const auto& [mean, factor] = standards_[d];
      row[d] = static_cast<Scalar>((static_cast<double>(row[d]) - mean) * factor);
    }
  }
}

}  // namespace nnrun
