// How a kernel is timed, and what is told of it.
#pragma once

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <ctime>
#include <string_view>

#include "base/rng.h"
#include "base/tensor.h"
#include "math/kernels.h"

namespace nnrun {

/// An instruction set's kernels, and operations per second at their peak.
struct Set {
  const Kernels* kernels;
  double peak;
};

inline AlignedScalars normal(std::size_t count, const char* name) {
  const Stream stream(1, name);
  AlignedScalars values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<Scalar>(stream.normal(i));
  return values;
}

/// Calls per second of processor time.
template <class Call>
double rate(benchmark::State& state, Call call) {
  const std::clock_t start = std::clock();
  for ([[maybe_unused]] auto step : state) {
    call();
    benchmark::ClobberMemory();
  }
  return static_cast<double>(state.iterations()) * CLOCKS_PER_SEC /
         static_cast<double>(std::clock() - start);
}

inline void tell_operations(benchmark::State& state, const Set& set, double per_second) {
  state.counters["Gflop/s"] = per_second / 1e9;
  state.counters["peak_%"] = 100 * per_second / set.peak;
}

template <class Call>
void time_elements(benchmark::State& state, std::size_t elements, Call call) {
  state.counters["Gelement/s"] = static_cast<double>(elements) * rate(state, call) / 1e9;
}

template <class Time>
void add(std::string_view set, std::string_view name, Time time) {
  benchmark::RegisterBenchmark(fmt::format("{}/{}", set, name).c_str(), time)
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace nnrun
