#include "peak.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <string_view>

namespace nnrun {

namespace {

template <std::size_t Bytes>
using Vector __attribute__((vector_size(Bytes))) = float;

/// Enough to hide an instruction's latency, few enough for 16 registers.
constexpr std::size_t kChains = 12;
constexpr std::size_t kSteps = 500'000;

// A macro, as the target attribute takes no template argument.
#define NNRUN_PEAK(NAME, TARGET, BYTES)                                                         \
  TARGET void NAME() {                                                                          \
    float factor = 0.5F;                                                                        \
    benchmark::DoNotOptimize(factor);                                                           \
    const Vector<BYTES> half = Vector<BYTES>{} + factor;                                        \
    Vector<BYTES> sum[kChains] = {};                                                            \
    for (std::size_t chain = 0; chain < kChains; ++chain) {                                     \
      sum[chain] += static_cast<float>(chain);                                                  \
    }                                                                                           \
    for (std::size_t step = 0; step < kSteps; ++step) {                                         \
      for (std::size_t chain = 0; chain < kChains; ++chain) {                                   \
        sum[chain] = sum[chain] * half + half;                                                  \
      }                                                                                         \
    }                                                                                           \
    for (std::size_t chain = 0; chain < kChains; ++chain) benchmark::DoNotOptimize(sum[chain]); \
  }

NNRUN_PEAK(baseline_peak, , 16)
#if defined(__x86_64__)
NNRUN_PEAK(avx2_peak, __attribute__((target("avx2,fma"))), 32)
NNRUN_PEAK(avx512_peak, __attribute__((target("avx512f"))), 64)
#endif
#undef NNRUN_PEAK

void run(const Kernels& kernels) {
#if defined(__x86_64__)
  if (kernels.name == std::string_view("avx512")) return avx512_peak();
  if (kernels.name == std::string_view("avx2")) return avx2_peak();
#endif
  baseline_peak();
}

}  // namespace

double run_at_peak(const Kernels& kernels) {
  run(kernels);
  return 2.0 * static_cast<double>(kSteps * kChains * kernels.lanes);
}

double measure_peak(const Kernels& kernels) {
  double best = 0;
  for (int attempt = 0; attempt < 100; ++attempt) {
    const std::clock_t start = std::clock();
    const double operations = run_at_peak(kernels);
    best = std::max(best, operations * CLOCKS_PER_SEC / static_cast<double>(std::clock() - start));
  }
  return best;
}

}  // namespace nnrun
