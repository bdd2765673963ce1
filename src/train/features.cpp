#include "train/features.h"

#include <algorithm>
#include <cmath>

namespace nnrun {

ByteRows byte_rows(const Samples& samples) {
  return {samples.features.data(), samples.features.size() / samples.count()};
}

bool is_sparse(const Samples& samples, std::span<const std::uint32_t> positions) {
  constexpr double kSparse = 0.6;  // from tools/bench: where the two forms take the same time
  const ByteRows rows = byte_rows(samples);
  if (rows.width > ByteBlocks::kWidest) return false;
  std::size_t set = 0;
  for (const std::uint32_t position : positions) {
    const std::uint8_t* row = rows.row(position);
    set += rows.width - static_cast<std::size_t>(std::count(row, row + rows.width, 0));
  }
  return static_cast<double>(set) <= kSparse * static_cast<double>(positions.size() * rows.width);
}

FeatureScaling::FeatureScaling(Scale scale, const Samples& samples,
                               std::span<const std::uint32_t> fitted_on)
    : factors_(byte_rows(samples).width, scale == Scale::kUnit ? Scalar{1} / 255 : Scalar{1}) {
  if (scale == Scale::kStandard) fit(samples, fitted_on);
}

void FeatureScaling::fit(const Samples& samples, std::span<const std::uint32_t> fitted_on) {
  const ByteRows rows = byte_rows(samples);
  std::vector<std::uint64_t> sum(rows.width);
  std::vector<std::uint64_t> squares(rows.width);  // whole numbers: exact in any order
  for (const std::uint32_t position : fitted_on) {
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
  constexpr Scalar kMost = 16;  // standard deviations: costs 4 bits of 24 at most
  return std::all_of(shifts_.begin(), shifts_.end(),
                     [](Scalar shift) { return std::abs(shift) <= kMost; });
}

void FeatureScaling::load(const Samples& samples, std::span<const std::uint32_t> positions,
                          MatrixView x) const {
  const ByteRows rows = byte_rows(samples);
  for (std::size_t n = 0; n < positions.size(); ++n) {
    const std::uint8_t* bytes = rows.row(positions[n]);
    const auto out = x.row(n);
    for (std::size_t d = 0; d < out.size(); ++d) {
      out[d] = factors_[d] * static_cast<Scalar>(bytes[d]);
    }
    for (std::size_t d = 0; d < shifts_.size(); ++d) out[d] += shifts_[d];
  }
}

}  // namespace nnrun
