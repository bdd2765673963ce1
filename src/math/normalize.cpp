#include "math/normalize.h"

#include <array>
#include <cmath>
#include <numeric>

namespace nnrun {

namespace {

/// Σ term(i), i < count, in so many sums side by side that the compiler makes vectors of them.
template <class Term>
double sum_of(std::size_t count, Term term) {
  constexpr std::size_t kLanes = 8;
  std::array<double, kLanes> lanes{};
  const std::size_t whole = count / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += term(i + lane);
  }
  for (std::size_t i = whole; i < count; ++i) lanes[i - whole] += term(i);
  return std::accumulate(lanes.begin(), lanes.end(), 0.0);
}

double wide(Scalar value) { return static_cast<double>(value); }

/// Calls `channel(index, first, places)` for each channel of each sample, or where there is one place
/// of each `row(first)` for each sample: the inner loop is then one over the channels.
template <class Row, class Channel>
void for_each_run(ConstMatrixView x, std::size_t channels, Row row, Channel channel) {
  const std::size_t places = x.columns() / channels;
  for (std::size_t n = 0; n < x.rows(); ++n) {
    const std::size_t first = n * x.columns();
    if (places == 1) {
      row(first);
    } else {
      for (std::size_t c = 0; c < channels; ++c) channel(c, first + c * places, places);
    }
  }
}

}  // namespace

void add_channel_moments(ConstMatrixView x, std::span<double> sums, std::span<double> squares) {
  const std::size_t channels = sums.size();
  for_each_run(
      x, channels,
      [&](std::size_t first) {
        const Scalar* from = x.data() + first;
        for (std::size_t c = 0; c < channels; ++c) sums[c] += wide(from[c]);
        for (std::size_t c = 0; c < channels; ++c) squares[c] += wide(from[c]) * wide(from[c]);
      },
      [&](std::size_t c, std::size_t first, std::size_t places) {
        const Scalar* from = x.data() + first;
        sums[c] += sum_of(places, [=](std::size_t i) { return wide(from[i]); });
        squares[c] += sum_of(places, [=](std::size_t i) { return wide(from[i]) * wide(from[i]); });
      });
}

void add_channel_products(ConstMatrixView dy, ConstMatrixView x, std::span<const Scalar> means,
                          std::span<double> sums, std::span<double> products) {
  const std::size_t channels = sums.size();
  for_each_run(
      x, channels,
      [&](std::size_t first) {
        const Scalar* from = x.data() + first;
        const Scalar* d = dy.data() + first;
        for (std::size_t c = 0; c < channels; ++c) sums[c] += wide(d[c]);
        for (std::size_t c = 0; c < channels; ++c) {
          products[c] += wide(d[c]) * wide(from[c] - means[c]);
        }
      },
      [&](std::size_t c, std::size_t first, std::size_t places) {
        const Scalar* from = x.data() + first;
        const Scalar* d = dy.data() + first;
        const Scalar mean = means[c];
        sums[c] += sum_of(places, [=](std::size_t i) { return wide(d[i]); });
        products[c] +=
            sum_of(places, [=](std::size_t i) { return wide(d[i]) * wide(from[i] - mean); });
      });
}

void scale_channels(ConstMatrixView x, std::span<const Scalar> means,
                    std::span<const Scalar> factors, std::span<const Scalar> shifts, MatrixView y) {
  const std::size_t channels = means.size();
  for_each_run(
      x, channels,
      [&](std::size_t first) {
        const Scalar* from = x.data() + first;
        Scalar* to = y.data() + first;
        for (std::size_t c = 0; c < channels; ++c) {
          to[c] = factors[c] * (from[c] - means[c]) + shifts[c];
        }
      },
      [&](std::size_t c, std::size_t first, std::size_t places) {
        const Scalar* from = x.data() + first;
        Scalar* to = y.data() + first;
        const Scalar mean = means[c];
        const Scalar factor = factors[c];
        const Scalar shift = shifts[c];
        for (std::size_t i = 0; i < places; ++i) to[i] = factor * (from[i] - mean) + shift;
      });
}

void channel_gradient(const ChannelGradient& channels, ConstMatrixView dy, ConstMatrixView x,
                      MatrixView dx) {
  for_each_run(
      x, channels.means.size(),
      [&](std::size_t first) {
        const Scalar* from = x.data() + first;
        const Scalar* d = dy.data() + first;
        Scalar* to = dx.data() + first;
        for (std::size_t c = 0; c < channels.means.size(); ++c) {
          const Scalar centred = from[c] - channels.means[c];
          to[c] =
              channels.factors[c] * (d[c] - channels.constants[c] - channels.slopes[c] * centred);
        }
      },
      [&](std::size_t c, std::size_t first, std::size_t places) {
        const Scalar* from = x.data() + first;
        const Scalar* d = dy.data() + first;
        Scalar* to = dx.data() + first;
        const Scalar mean = channels.means[c];
        const Scalar factor = channels.factors[c];
        const Scalar constant = channels.constants[c];
        const Scalar slope = channels.slopes[c];
        for (std::size_t i = 0; i < places; ++i) {
          to[i] = factor * (d[i] - constant - slope * (from[i] - mean));
        }
      });
}

RowStatistics row_statistics(std::span<const Scalar> x, double epsilon) {
  const auto count = static_cast<double>(x.size());
  const Scalar* from = x.data();
  const double mean = sum_of(x.size(), [=](std::size_t i) { return wide(from[i]); }) / count;
  const double squares = sum_of(x.size(), [=](std::size_t i) {
    const double centred = wide(from[i]) - mean;
    return centred * centred;
  });
  const double inverse = 1 / std::sqrt(squares / count + epsilon);
  return {static_cast<Scalar>(mean), static_cast<Scalar>(inverse)};
}

void normalize_row(std::span<const Scalar> x, const RowStatistics& row,
                   std::span<const Scalar> scale, std::span<const Scalar> shift,
                   std::span<Scalar> y) {
  const auto [mean, inverse] = row;
  for (std::size_t i = 0; i < x.size(); ++i) {
    y[i] = scale[i] * ((x[i] - mean) * inverse) + shift[i];
  }
}

void add_row_gradient(std::span<const Scalar> x, const RowStatistics& row,
                      std::span<const Scalar> dy, std::span<Scalar> d_scale,
                      std::span<Scalar> d_shift) {
  const auto [mean, inverse] = row;
  for (std::size_t i = 0; i < x.size(); ++i) d_scale[i] += dy[i] * ((x[i] - mean) * inverse);
  for (std::size_t i = 0; i < x.size(); ++i) d_shift[i] += dy[i];
}

void normalize_row_gradient(std::span<const Scalar> x, const RowStatistics& row,
                            std::span<const Scalar> scale, std::span<const Scalar> dy,
                            std::span<Scalar> dx) {
  const Scalar mean = row.mean;
  const Scalar inverse = row.inverse;
  const auto count = static_cast<double>(x.size());
  const double constant =
      sum_of(x.size(), [=](std::size_t i) { return wide(dy[i] * scale[i]); }) / count;
  const double slope = sum_of(x.size(),
                              [=](std::size_t i) {
                                return wide(dy[i] * scale[i]) * wide((x[i] - mean) * inverse);
                              }) /
                       count;
  const auto a = static_cast<Scalar>(constant);
  const auto b = static_cast<Scalar>(slope);
  for (std::size_t i = 0; i < x.size(); ++i) {
    dx[i] = inverse * (dy[i] * scale[i] - a - (x[i] - mean) * inverse * b);
  }
}

}  // namespace nnrun
