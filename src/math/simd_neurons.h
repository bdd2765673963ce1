// Blocks of bytes times weights where each run has a single neuron: most lanes of a vector of one
// entry would be empty, so that a vector takes several entries at once.
#pragma once

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "math/simd_bytes.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

/// Entries that a vector takes at once. An entry's phase is its place among them: what is added up
/// in one phase stays apart until the end of the cell. A neuron alone has a lane for each phase and
/// sample; neurons together have a vector for each. So both add up in the same order.
inline constexpr std::size_t kPhases = kLanes > kGroup ? kLanes / kGroup : 1;
/// Columns of a neuron alone. Where a vector has one phase only, or the compiler would put it
/// together byte by byte, it is worked like neurons together.
#if defined(__AVX2__)
inline constexpr std::size_t kNeuronColumns = sizeof(Scalar) == sizeof(float) ? 1 : kLanes;
#else
inline constexpr std::size_t kNeuronColumns = kLanes;
#endif

/// The product rounded: nothing may fuse it with what it is added to.
template <class V>
inline V rounded(V product) {
#if defined(__aarch64__)
  asm("" : "+w"(product));
#else
  asm("" : "+x"(product));
#endif
  return product;
}

/// The entries of a cell, kPhases at a time; the last time maybe fewer.
template <class Function>
inline void each_phases(const ByteBlock& block, const ByteCell& cell, Function function) {
  Entries at(block, cell);
  for (; at.feature + kPhases <= at.end; at.feature += kPhases, at.bytes += kPhases * kGroup) {
    function(at, std::integral_constant<std::size_t, kPhases>());
  }
  const auto left = static_cast<std::size_t>(at.end - at.feature);
  if (left > 0) function(at, left);
}

inline void neurons_together(const ByteBlock& block, const ByteCell& cell, const Scalar* w,
                             Scalar* z) {
  Vector sum[kPhases][kGroup] = {};
  for (std::size_t s = 0; s < kGroup; ++s) sum[0][s] = load(z + cell.rows[s] * kLanes);
  each_phases(block, cell, [&](const Entries& at, auto count) {
    for (std::size_t p = 0; p < count; ++p) {
      const Vector weights = load(w + at.feature[p] * kLanes);
      for (std::size_t s = 0; s < kGroup; ++s) {
        sum[p][s] += broadcast(kByteValues.of[at.bytes[p * kGroup + s]]) * weights;
      }
    }
  });
  for (std::size_t half = kPhases / 2; half > 0; half /= 2) {
    for (std::size_t p = 0; p < half; ++p) {
      for (std::size_t s = 0; s < kGroup; ++s) sum[p][s] += sum[p + half][s];
    }
  }
  for (std::size_t s = 0; s < kGroup; ++s) store(z + cell.rows[s] * kLanes, sum[0][s]);
}

inline void add_neurons_together(const ByteBlock& block, const ByteCell& cell, const Scalar* d,
                                 Scalar* w) {
  Vector deltas[kGroup];
  for (std::size_t s = 0; s < kGroup; ++s) deltas[s] = load(d + cell.rows[s] * kLanes);
  for (Entries at(block, cell); at.feature != at.end; ++at.feature, at.bytes += kGroup) {
    Vector product[kGroup];
    for (std::size_t s = 0; s < kGroup; ++s) {
      product[s] = rounded(broadcast(kByteValues.of[at.bytes[s]]) * deltas[s]);
    }
    Scalar* row = w + *at.feature * kLanes;
    store(row, load(row) + ((product[0] + product[2]) + (product[1] + product[3])));
  }
}

#if defined(__AVX2__)

#if defined(__AVX512F__)

inline __m512 floats_of(__m128i bytes) { return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(bytes)); }

inline __m512 spread(__m128 phases) {
  const __m512i phase = _mm512_set_epi32(3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0);
  return _mm512_permutexvar_ps(phase, _mm512_castps128_ps512(phases));
}

#else

inline __m256 floats_of(__m128i bytes) { return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(bytes)); }

inline __m256 spread(__m128 phases) {
  const __m256i phase = _mm256_set_epi32(1, 1, 1, 1, 0, 0, 0, 0);
  return _mm256_permutevar8x32_ps(_mm256_castps128_ps256(phases), phase);
}

#endif

template <class Register>
inline Vector vector_of(Register value) {
  static_assert(sizeof(Vector) == sizeof value);
  Vector vector;
  __builtin_memcpy(&vector, &value, sizeof vector);
  return vector;
}

/// The bytes of `count` entries; the others zero.
template <class Count>
inline Vector bytes_of(const Entries& at, Count count) {
  __m128i bytes = {};
  __builtin_memcpy(&bytes, at.bytes, count * kGroup);
  return vector_of(floats_of(bytes));
}

/// The weights of `count` entries, each in the lanes of its phase; the others zero.
template <class Count>
inline Vector weights_of(const Entries& at, Count count, const Scalar* w) {
  const auto weight = [&](std::size_t phase) {
    return phase < count ? static_cast<float>(w[at.feature[phase]]) : 0.0F;
  };
  return vector_of(spread(_mm_set_ps(weight(3), weight(2), weight(1), weight(0))));
}

/// The samples' values of a matrix of one column, in the lanes of the first `phases`.
inline Vector samples_of(const ByteCell& cell, const Scalar* column, std::size_t phases) {
  Vector values = {};
  for (std::size_t p = 0; p < phases; ++p) {
    for (std::size_t s = 0; s < kGroup; ++s) values[p * kGroup + s] = column[cell.rows[s]];
  }
  return values;
}

/// The phases added up, in halves: a lane for each sample.
template <std::size_t Count, class V>
inline auto sum_of_phases(V value) {
  if constexpr (Count == kGroup) {
    return value;
  } else {
    using Half = std::make_index_sequence<Count / 2>;
    return sum_of_phases<Count / 2>(part<0>(value, Half{}) + part<Count / 2>(value, Half{}));
  }
}

inline void neuron_alone(const ByteBlock& block, const ByteCell& cell, const Scalar* w, Scalar* z) {
  Vector sum = samples_of(cell, z, 1);
  each_phases(block, cell, [&](const Entries& at, auto count) {
    sum += bytes_of(at, count) * weights_of(at, count, w);
  });
  const auto total = sum_of_phases<kLanes>(sum);
  for (std::size_t s = 0; s < kGroup; ++s) z[cell.rows[s]] = total[s];
}

/// The samples of each phase added up, the far ones first: the sum is in the phase's first lane.
template <std::size_t... I>
inline Vector sum_of_samples(Vector value, std::index_sequence<I...> /*lanes*/) {
  static_assert(kGroup == 4);
  value += __builtin_shufflevector(value, value, static_cast<int>(I ^ 2U)...);
  return value + __builtin_shufflevector(value, value, static_cast<int>(I ^ 1U)...);
}

inline void add_neuron_alone(const ByteBlock& block, const ByteCell& cell, const Scalar* d,
                             Scalar* w) {
  const Vector deltas = samples_of(cell, d, kPhases);
  each_phases(block, cell, [&](const Entries& at, auto count) {
    const Vector sums =
        sum_of_samples(rounded(bytes_of(at, count) * deltas), std::make_index_sequence<kLanes>{});
    for (std::size_t p = 0; p < count; ++p) w[at.feature[p]] += sums[p * kGroup];
  });
}

#else

inline void neuron_alone(const ByteBlock& block, const ByteCell& cell, const Scalar* w, Scalar* z) {
  neurons_together(block, cell, w, z);
}

inline void add_neuron_alone(const ByteBlock& block, const ByteCell& cell, const Scalar* d,
                             Scalar* w) {
  add_neurons_together(block, cell, d, w);
}

#endif

void neuron_product(const ByteBlock& block, const Scalar* w, std::size_t columns, Scalar* z) {
  for (std::size_t c = 0; c < block.cell_count; ++c) {
    (columns == 1 ? neuron_alone : neurons_together)(block, block.cells[c], w, z);
  }
}

void add_neuron_product(const ByteBlock& block, const Scalar* d, std::size_t columns, Scalar* w) {
  for (std::size_t c = 0; c < block.cell_count; ++c) {
    (columns == 1 ? add_neuron_alone : add_neurons_together)(block, block.cells[c], d, w);
  }
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL
