#include "train/features.h"

#include <algorithm>
#include <cmath>

namespace nnrun {

namespace {

constexpr std::size_t kBytes = 256;

std::span<const std::uint8_t> row(const Samples& samples, std::uint32_t position) {
  const std::size_t width = samples.features.size() / samples.count();
  return {samples.features.data() + position * width, width};
}

}  // namespace

FeatureScaling::FeatureScaling(Scale scale, const Samples& samples,
                               std::span<const std::uint32_t> fitted_on)
    : scale_(scale), of_byte_(kBytes) {
  const double unit = scale == Scale::kUnit ? 255.0 : 1.0;
  for (std::size_t byte = 0; byte < kBytes; ++byte) {
    of_byte_[byte] = static_cast<Scalar>(static_cast<double>(byte) / unit);
  }
  if (scale == Scale::kStandard) fit(samples, fitted_on);
}

void FeatureScaling::fit(const Samples& samples, std::span<const std::uint32_t> fitted_on) {
  const std::size_t width = samples.features.size() / samples.count();
  std::vector<std::uint64_t> sum(width);
  std::vector<std::uint64_t> squares(width);  // whole numbers: exact in any order
  for (const std::uint32_t position : fitted_on) {
    const auto bytes = row(samples, position);
    for (std::size_t d = 0; d < width; ++d) {
      sum[d] += bytes[d];
      squares[d] += std::uint64_t{bytes[d]} * bytes[d];
    }
  }
  const auto count = static_cast<double>(fitted_on.size());
  for (std::size_t d = 0; d < width; ++d) {
    const double mean = static_cast<double>(sum[d]) / count;
    const double variance = static_cast<double>(squares[d]) / count - mean * mean;
    const bool constant = squares[d] * fitted_on.size() == sum[d] * sum[d];
    mean_.push_back(static_cast<Scalar>(mean));
    inverse_deviation_.push_back(constant ? Scalar{0}
                                          : static_cast<Scalar>(1.0 / std::sqrt(variance)));
  }
}

void FeatureScaling::load(const Samples& samples, std::span<const std::uint32_t> positions,
                          MatrixView x) const {
  for (std::size_t n = 0; n < positions.size(); ++n) {
    const auto bytes = row(samples, positions[n]);
    const auto out = x.row(n);
    std::transform(bytes.begin(), bytes.end(), out.begin(),
                   [&](std::uint8_t byte) { return of_byte_[byte]; });
    if (scale_ != Scale::kStandard) continue;
    for (std::size_t d = 0; d < out.size(); ++d)
      out[d] = (out[d] - mean_[d]) * inverse_deviation_[d];
  }
}

}  // namespace nnrun
