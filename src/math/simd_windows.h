// Windows over images whose samples lie in the lanes of vectors: a weight times a vector of samples,
// many of them in registers, and no edge in the vector.
#pragma once

#include "math/simd_vector.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

#if NNRUN_VECTOR_BYTES == 64 || defined(__aarch64__)
inline constexpr std::size_t kRegisters = 32;
inline constexpr std::size_t kMostOutputs = 6;
#else
inline constexpr std::size_t kRegisters = 16;
inline constexpr std::size_t kMostOutputs = 4;
#endif

/// Windows, or taps, that are in registers beside `Outputs` outputs: their sums, their values and one
/// weight. No more than there are registers for their addresses.
template <std::size_t Outputs>
inline constexpr std::size_t kBeside = (kRegisters - 1) / (Outputs + 1) < 8
                                           ? (kRegisters - 1) / (Outputs + 1)
                                           : 8;

/// Outputs of the next block, so that all blocks are about as large.
inline std::size_t outputs_of_block(std::size_t left) {
  const std::size_t blocks = (left + kMostOutputs - 1) / kMostOutputs;
  return (left + blocks - 1) / blocks;
}

/// Taps that any of `count` windows needs.
inline TapRange joint_range(const TapRange* ranges, std::size_t count) {
  TapRange joint = ranges[0];
  for (std::size_t b = 1; b < count; ++b) {
    joint.first = ranges[b].first < joint.first ? ranges[b].first : joint.first;
    joint.end = ranges[b].end > joint.end ? ranges[b].end : joint.end;
  }
  return joint;
}

/// `Outputs` outputs from `output` on, of up to kBeside windows from `window` on.
template <std::size_t Outputs>
inline void lane_product_block(const LaneProduct& p, std::size_t output, std::size_t window) {
  constexpr std::size_t kWindows = kBeside<Outputs>;
  const std::size_t left = p.over.windows - window;
  const std::size_t count = left < kWindows ? left : kWindows;
  const Scalar* x[kWindows];  // the last one again where there are not so many
  for (std::size_t b = 0; b < kWindows; ++b) {
    x[b] = p.x + p.over.places[window + (b < count ? b : count - 1)] * kLanes;
  }
  Vector sum[Outputs][kWindows];
  for (std::size_t k = 0; k < Outputs; ++k) {
    const Vector start = broadcast(p.bias == nullptr ? 0 : p.bias[output + k]);
    for (std::size_t b = 0; b < kWindows; ++b) sum[k][b] = start;
  }
  const TapRange range = joint_range(p.over.ranges + window, count);
  const Scalar* weights = p.weights + range.first * p.outputs + output;
  for (std::size_t t = range.first; t < range.end; ++t, weights += p.outputs) {
    const std::size_t tap = p.over.taps[t] * kLanes;
    Vector values[kWindows];
    for (std::size_t b = 0; b < kWindows; ++b) values[b] = load(x[b] + tap);
    for (std::size_t k = 0; k < Outputs; ++k) {
      const Vector weight = broadcast(weights[k]);
      for (std::size_t b = 0; b < kWindows; ++b) sum[k][b] += weight * values[b];
    }
  }
  for (std::size_t k = 0; k < Outputs; ++k) {
    Scalar* y = p.y + ((output + k) * p.over.windows + window) * kLanes;
    for (std::size_t b = 0; b < kWindows; ++b) {
      if (b < count) store(y + b * kLanes, sum[k][b]);
    }
  }
}

template <std::size_t Outputs = 1>
void lane_product_of(const LaneProduct& p, std::size_t output, std::size_t outputs) {
  if (outputs == Outputs) {
    for (std::size_t w = 0; w < p.over.windows; w += kBeside<Outputs>) {
      lane_product_block<Outputs>(p, output, w);
    }
  } else if constexpr (Outputs < kMostOutputs) {
    lane_product_of<Outputs + 1>(p, output, outputs);
  }
}

void lane_product(const LaneProduct& p) {
  for (std::size_t output = 0; output < p.outputs;) {
    const std::size_t outputs = outputs_of_block(p.outputs - output);
    lane_product_of(p, output, outputs);
    output += outputs;
  }
}

/// Windows whose dy stays in the fastest cache while all taps use it.
inline constexpr std::size_t kChunk = 64;

struct Chunk {
  std::size_t first;
  std::size_t end;
};

/// Sums of `Outputs` outputs and `Taps` taps over the windows of a chunk.
template <std::size_t Outputs, std::size_t Taps>
inline void add_lane_gradient_block(const LaneGradient& g, const Chunk& chunk, std::size_t output,
                                    std::size_t tap) {
  const Scalar* dy[Outputs];
  Scalar* sums[Outputs];
  for (std::size_t k = 0; k < Outputs; ++k) {
    dy[k] = g.dy + (output + k) * g.dy_plane * kLanes;
    sums[k] = g.sums + ((output + k) * g.over.tap_count + tap) * kLanes;
  }
  const Scalar* x[Taps];
  for (std::size_t t = 0; t < Taps; ++t) x[t] = g.x + g.over.taps[tap + t] * kLanes;
  Vector sum[Outputs][Taps];
  for (std::size_t k = 0; k < Outputs; ++k) {
    for (std::size_t t = 0; t < Taps; ++t) sum[k][t] = load(sums[k] + t * kLanes);
  }
  for (std::size_t w = chunk.first; w < chunk.end; ++w) {
    const std::size_t x_place = g.over.places[w] * kLanes;
    const std::size_t dy_place = g.dy_places[w] * kLanes;
    Vector values[Taps];
    for (std::size_t t = 0; t < Taps; ++t) values[t] = load(x[t] + x_place);
    for (std::size_t k = 0; k < Outputs; ++k) {
      const Vector delta = load(dy[k] + dy_place);
      for (std::size_t t = 0; t < Taps; ++t) sum[k][t] += delta * values[t];
    }
  }
  for (std::size_t k = 0; k < Outputs; ++k) {
    for (std::size_t t = 0; t < Taps; ++t) store(sums[k] + t * kLanes, sum[k][t]);
  }
}

template <std::size_t Outputs = 1>
void add_lane_gradient_of(const LaneGradient& g, const Chunk& chunk, std::size_t output,
                          std::size_t outputs) {
  if (outputs == Outputs) {
    constexpr std::size_t kTaps = kBeside<Outputs>;
    std::size_t tap = 0;
    for (; tap + kTaps <= g.over.tap_count; tap += kTaps) {
      add_lane_gradient_block<Outputs, kTaps>(g, chunk, output, tap);
    }
    for (; tap < g.over.tap_count; ++tap) {
      add_lane_gradient_block<Outputs, 1>(g, chunk, output, tap);
    }
  } else if constexpr (Outputs < kMostOutputs) {
    add_lane_gradient_of<Outputs + 1>(g, chunk, output, outputs);
  }
}

void add_lane_gradient(const LaneGradient& g) {
  for (std::size_t first = 0; first < g.over.windows; first += kChunk) {
    const std::size_t left = g.over.windows - first;
    const Chunk chunk = {first, first + (left < kChunk ? left : kChunk)};
    for (std::size_t output = 0; output < g.outputs;) {
      const std::size_t outputs = outputs_of_block(g.outputs - output);
      add_lane_gradient_of(g, chunk, output, outputs);
      output += outputs;
    }
  }
}

/// The largest value of a window so far, and which tap it was.
struct Largest {
  Vector value;
  Whole tap;

  void see(Vector candidate, std::size_t candidate_tap) {
    const Vector same = candidate;  // but for NaN, which must be seen
    const Whole wins = (candidate > value) | (candidate != same);
    value = wins ? candidate : value;
    tap = wins ? Whole{} + static_cast<Lane>(candidate_tap) : tap;
  }
};

inline Largest largest_of_window(const LaneWindows& over, const Scalar* x, std::size_t window) {
  const Scalar* start = x + over.places[window] * kLanes;
  Largest largest = {load(start + over.taps[0] * kLanes), Whole{}};
  for (std::size_t t = 1; t < over.tap_count; ++t) {
    largest.see(load(start + over.taps[t] * kLanes), t);
  }
  return largest;
}

void largest_of_windows(const LaneWindows& over, const Scalar* x, Scalar* y) {
  for (std::size_t w = 0; w < over.windows; ++w) {
    store(y + w * kLanes, largest_of_window(over, x, w).value);
  }
}

void add_largest_gradient(const LaneWindows& over, const Scalar* x, const Scalar* dy, Scalar* dx) {
  for (std::size_t w = 0; w < over.windows; ++w) {
    const Whole largest = largest_of_window(over, x, w).tap;
    const Vector delta = load(dy + w * kLanes);
    for (std::size_t t = 0; t < over.tap_count; ++t) {
      Scalar* to = dx + (over.places[w] + over.taps[t]) * kLanes;
      store(to, load(to) + (largest == static_cast<Lane>(t) ? delta : Vector{}));
    }
  }
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL
