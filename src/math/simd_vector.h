// Vectors of the instruction set that the including file is compiled for: NNRUN_KERNEL names it,
// NNRUN_VECTOR_BYTES is the width of its registers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "math/kernels.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

template <class T, std::size_t Count>
using VectorOf __attribute__((vector_size(Count * sizeof(T)))) = T;

inline constexpr std::size_t kLanes = NNRUN_VECTOR_BYTES / sizeof(Scalar);

using Vector = VectorOf<Scalar, kLanes>;
using Lane = std::conditional_t<sizeof(Scalar) == 4, std::int32_t, std::int64_t>;
using Whole = VectorOf<Lane, kLanes>;

inline Vector load(const Scalar* from) {
  Vector value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}

inline void store(Scalar* to, Vector value) { __builtin_memcpy(to, &value, sizeof value); }

/// The first `count` < kLanes lanes; the others are `rest`.
inline Vector load_first(const Scalar* from, std::size_t count, Scalar rest = 0) {
  Scalar lanes[kLanes];
  for (std::size_t i = 0; i < kLanes; ++i) lanes[i] = i < count ? from[i] : rest;
  return load(lanes);
}

inline void store_first(Scalar* to, std::size_t count, Vector value) {
  Scalar lanes[kLanes];
  store(lanes, value);
  for (std::size_t i = 0; i < count; ++i) to[i] = lanes[i];
}

/// Minus zero leaves every value as it is, and the compilers know.
inline Vector broadcast(Scalar value) { return value - Vector{}; }

/// The larger of two; b where either is NaN.
inline Vector larger(Vector a, Vector b) { return a > b ? a : b; }

template <std::size_t From, class V, std::size_t... I>
inline auto part(V value, std::index_sequence<I...> /*lanes*/) {
  return __builtin_shufflevector(value, value, static_cast<int>(From + I)...);
}

/// All lanes joined by `join`, in a fixed order of halves.
template <std::size_t Count, class V, class Join>
inline auto reduce(V value, Join join) {
  if constexpr (Count == 2) {
    return join(value[0], value[1]);
  } else {
    using Lanes = std::make_index_sequence<Count / 2>;
    return reduce<Count / 2>(join(part<0>(value, Lanes{}), part<Count / 2>(value, Lanes{})), join);
  }
}

inline Scalar sum_of(Vector value) {
  return reduce<kLanes>(value, [](auto a, auto b) { return a + b; });
}
inline Scalar largest_of(Vector value) {
  return reduce<kLanes>(value, [](auto a, auto b) { return a > b ? a : b; });
}
inline Lane smallest_of(Whole value) {
  return reduce<kLanes>(value, [](auto a, auto b) { return a < b ? a : b; });
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL
