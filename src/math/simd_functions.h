// Exponential, logarithm, hyperbolic tangent and normal distribution of a vector.
//
// In single precision by the polynomials of the Cephes library (Moshier 1989: expf, logf, tanhf)
// where nothing else is said; the double precision of the gradient check calls the C library lane
// by lane.
#pragma once

#include "math/simd_vector.h"

namespace nnrun::NNRUN_KERNEL {
namespace {

template <class Function>
inline Vector each_lane(Vector x, Function function) {
  Vector y;
  for (std::size_t i = 0; i < kLanes; ++i) y[i] = function(x[i]);
  return y;
}

template <std::size_t Count>
inline Vector polynomial(Vector x, const float (&coefficients)[Count]) {
  Vector y = broadcast(static_cast<Scalar>(coefficients[0]));
  for (std::size_t i = 1; i < Count; ++i) y = y * x + static_cast<Scalar>(coefficients[i]);
  return y;
}

/// 2ⁿ for whole n in the range of normal exponents.
inline Vector power_of_two(Whole n) {
  constexpr Lane kBias = 127;
  constexpr Lane kMantissaBits = 23;
  return reinterpret_cast<Vector>((n + kBias) << kMantissaBits);
}

/// eˣ = 2ⁿ eʳ with |r| ≤ ln 2 / 2.
struct ReducedExponential {
  Whole n;
  Vector minus_one;  ///< eʳ − 1
};

/// Of e^(x − less), where `less` is what x could not hold of its last bits.
inline ReducedExponential reduced_exponential(Vector x, Vector less) {
  constexpr auto kLog2e = static_cast<Scalar>(1.44269504088896341);
  constexpr auto kRounder = static_cast<Scalar>(12582912);  // 1.5 · 2²³: adding it rounds
  constexpr auto kLn2High = static_cast<Scalar>(0.693359375);
  constexpr auto kLn2Low = static_cast<Scalar>(-2.12194440e-4);
  constexpr float kTerms[] = {1.9875691500e-4F, 1.3981999507e-3F, 8.3334519073e-3F,
                              4.1665795894e-2F, 1.6666665459e-1F, 5.0000001201e-1F};
  const Vector shifted = x * kLog2e + kRounder;
  const Vector n = shifted - kRounder;
  const Whole whole =
      reinterpret_cast<Whole>(shifted) - reinterpret_cast<Whole>(broadcast(kRounder));
  const Vector r = (x - n * kLn2High) - n * kLn2Low - less;
  return {whole, polynomial(r, kTerms) * (r * r) + r};
}

/// e^(x − less), `less` small; within 2 ulp, NaN for NaN, 0 and infinity beyond the range.
inline Vector exponential_of(Vector x, Vector less = Vector{}) {
  if constexpr (sizeof(Scalar) == sizeof(double)) {
    return each_lane(x - less, [](Scalar value) { return __builtin_exp(value); });
  }
  constexpr Scalar kLeast = -104;  // e⁻¹⁰⁴ rounds to 0
  constexpr Scalar kMost = 89;     // e⁸⁹ is infinite
  x = x < kLeast ? broadcast(kLeast) : x;
  x = x > kMost ? broadcast(kMost) : x;
  const ReducedExponential e = reduced_exponential(x, less);
  // In two steps: 2ⁿ itself may be out of the range of normal numbers.
  const Whole first = e.n >> 1;
  return (e.minus_one + Scalar{1}) * power_of_two(first) * power_of_two(e.n - first);
}

/// eˣ − 1, exact to the last bits for small x too: within 2 ulp; −1 and infinity beyond the range.
inline Vector exponential_minus_one_of(Vector x) {
  if constexpr (sizeof(Scalar) == sizeof(double)) {
    return each_lane(x, [](Scalar value) { return __builtin_expm1(value); });
  }
  constexpr Scalar kLeast = -32;  // e⁻³² − 1 rounds to −1
  constexpr Scalar kMost = 89;    // e⁸⁹ is infinite
  x = x < kLeast ? broadcast(kLeast) : x;
  x = x > kMost ? broadcast(kMost) : x;
  const ReducedExponential e = reduced_exponential(x, Vector{});
  // Of half the size first: 2¹²⁸ is infinite, and e⁸⁸·⁵ is not.
  const Vector half = power_of_two(e.n - 1);
  const Vector y = half * e.minus_one + (half - Scalar{0.5});
  return y + y;
}

/// log x for normal x > 0, within 2 ulp; NaN for NaN and for x ≤ 0.
inline Vector logarithm_of(Vector x) {
  if constexpr (sizeof(Scalar) == sizeof(double)) {
    return each_lane(x, [](Scalar value) { return __builtin_log(value); });
  }
  constexpr Lane kMantissaBits = 23;
  constexpr Lane kExponentOfHalf = 126;
  constexpr auto kRootHalf = static_cast<Scalar>(0.707106781186547524);
  constexpr auto kLn2High = static_cast<Scalar>(0.693359375);
  constexpr auto kLn2Low = static_cast<Scalar>(-2.12194440e-4);
  constexpr float kTerms[] = {7.0376836292e-2F,  -1.1514610310e-1F, 1.1676998740e-1F,
                              -1.2420140846e-1F, 1.4249322787e-1F,  -1.6668057665e-1F,
                              2.0000714765e-1F,  -2.4999993993e-1F, 3.3333331174e-1F};
  const auto bits = reinterpret_cast<Whole>(x);
  const Whole exponent = (bits >> kMantissaBits) - kExponentOfHalf;
  const auto mantissa = reinterpret_cast<Vector>(bits - (exponent << kMantissaBits));  // [½, 1)
  const auto low = mantissa < kRootHalf;
  const Vector m = (low ? mantissa + mantissa : mantissa) - Scalar{1};
  const Vector e = __builtin_convertvector(exponent, Vector) - (low ? broadcast(1) : broadcast(0));
  const Vector squared = m * m;
  const Vector y = m * squared * polynomial(m, kTerms) + e * kLn2Low - squared * Scalar{0.5};
  const Vector logarithm = m + y + e * kLn2High;
  return x > Scalar{0} ? logarithm : broadcast(static_cast<Scalar>(__builtin_nan("")));
}

/// log(1 + x) for x in [0, 1], exact to the last bits for small x too (Kahan's correction).
inline Vector logarithm_of_one_plus(Vector x) {
  const Vector sum = x + Scalar{1};
  const Vector rounded = sum - Scalar{1};
  const Vector y = logarithm_of(sum) * (x / (rounded == Scalar{0} ? broadcast(1) : rounded));
  return rounded == Scalar{0} ? x : y;
}

/// log(1 + e^−|x|): by how much softplus lies above max(x, 0). Within 4 ulp.
inline Vector softplus_excess_of(Vector x) {
  return logarithm_of_one_plus(exponential_of(x < Scalar{0} ? x : -x));
}

/// Within 4 ulp; NaN for NaN.
inline Vector hyperbolic_tangent_of(Vector x) {
  if constexpr (sizeof(Scalar) == sizeof(double)) {
    return each_lane(x, [](Scalar value) { return __builtin_tanh(value); });
  }
  constexpr Scalar kSmall = 0.625;
  constexpr float kTerms[] = {-5.70498872745e-3F, 2.06390887954e-2F, -5.37397155531e-2F,
                              1.33314422036e-1F, -3.33332819422e-1F};
  const Vector magnitude = x < Scalar{0} ? -x : x;
  const Vector squared = x * x;
  const Vector near = polynomial(squared, kTerms) * squared * x + x;
  const Vector far = Scalar{1} - Scalar{2} / (exponential_of(magnitude + magnitude) + Scalar{1});
  return magnitude < kSmall ? near : (x < Scalar{0} ? -far : far);
}

/// 1 / (1 + e⁻ˣ), within 4 ulp.
inline Vector sigmoid_of(Vector x) { return Scalar{1} / (Scalar{1} + exponential_of(-x)); }

/// Φ(x), the probability that a standard normal number is below x; within 6 ulp, 0 and 1 at the far
/// ends, NaN for NaN.
///
/// Φ(−t) e^(t²/2) (t + c) for t ≥ 0 is a polynomial in (t − c) / (t + c), fitted for the least
/// relative error (1e-8) over 0 ≤ t ≤ 15; the form is that of Shepherd, Laframboise 1981.
inline Vector normal_distribution_of(Vector x) {
  if constexpr (sizeof(Scalar) == sizeof(double)) {
    constexpr double kRootHalf = 0.70710678118654752;
    return each_lane(x, [](Scalar value) { return __builtin_erfc(-kRootHalf * value) / 2; });
  }
  constexpr Scalar kMost = 15;  // Φ(−15) rounds to 0
  constexpr Scalar kCentre = 3.5;
  constexpr Lane kUpperHalf = ~Lane{0xfff};
  constexpr float kTerms[] = {1.0869418474612758e-4F,  4.1832390706986193e-4F,
                              -4.9504020716995e-4F,    -3.1728292815387257e-3F,
                              6.493727210909128e-3F,   1.7405821010470391e-2F,
                              -1.1605317145586014e-1F, 3.1542509794235235e-1F,
                              -5.6556171178817755e-1F, 7.4441605806350714e-1F};
  const Vector magnitude = x < Scalar{0} ? -x : x;
  const Vector t = magnitude > kMost ? broadcast(kMost) : magnitude;
  // t² has twice the digits that a number holds: the square of t's upper half is exact.
  const auto upper = reinterpret_cast<Vector>(reinterpret_cast<Whole>(t) & kUpperHalf);
  const Vector density =
      exponential_of(upper * upper * Scalar{-0.5}, (t - upper) * (t + upper) * Scalar{0.5});
  const Vector inverse = Scalar{1} / (t + kCentre);
  const Vector tail = density * (inverse * polynomial((t - kCentre) * inverse, kTerms));
  return x < Scalar{0} ? tail : Scalar{1} - tail;
}

}  // namespace
}  // namespace nnrun::NNRUN_KERNEL
