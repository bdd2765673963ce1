// Times the kernels of every instruction set that this processor has, each alone, on one thread.
//
// Gflop/s     a multiplication and an addition are two operations; all that are executed count
// useful      of these, the ones on bytes that are not zero; the others are there because samples
//             of a group share their entries
// peak_%      Gflop/s as a share of what independent multiply-adds in registers reach with the same
//             instruction set
// Gelement/s  where the work is no multiply-adds: outputs, for cross-entropy the logits
// All four are by processor time, which other programs disturb least.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "images.h"
#include "math/blas.h"
#include "math/byte_blocks.h"
#include "math/kernel_choice.h"
#include "math/matmul.h"
#include "peak.h"
#include "strokes.h"
#include "timing.h"

namespace nnrun {
namespace {

constexpr std::size_t kFeatures = kStrokeSide * kStrokeSide;
constexpr std::size_t kColumns = 64;
constexpr std::size_t kBlocks = 16;
constexpr std::size_t kRows = ByteBlocks::kBlockSamples;
constexpr std::size_t kBlockRows = kRows + 1;  // as ByteBlock::rows
constexpr std::size_t kSamples = kBlocks * kRows;
constexpr std::size_t kClasses = kStrokeClasses;

struct Images {
  ByteBlocks blocks;
  std::size_t not_zero = 0;  ///< bytes

  Images() {
    const auto bytes = stroke_images(kSamples);
    std::vector<std::uint32_t> positions(kSamples);
    std::iota(positions.begin(), positions.end(), 0U);
    blocks.assign({bytes.data(), kFeatures}, positions);
    not_zero = static_cast<std::size_t>(
        std::count_if(bytes.begin(), bytes.end(), [](auto byte) { return byte != 0; }));
  }
};

void time_peak(benchmark::State& state, const Set& set) {
  double operations = 0;
  const double runs = rate(state, [&] { operations = run_at_peak(*set.kernels); });
  tell_operations(state, set, runs * operations);
}

/// Columns lie as in FirstLayers: panel after panel, as wide as the kernels can take.
template <class Call>
void time_bytes(benchmark::State& state, const Set& set, const Images& images, Call call) {
  const std::size_t lanes = set.kernels->lanes;
  const std::size_t panel = std::min(kColumns, set.kernels->panel_vectors * lanes);
  static_assert(kColumns % 64 == 0);  // so all panels are of one width
  AlignedScalars weights = normal(kFeatures * kColumns, "weights");
  AlignedScalars rows = normal(kBlockRows * kColumns, "rows");
  for (std::size_t first = 0; first < kColumns; first += panel) {
    std::fill_n(rows.data() + first * kBlockRows + kRows * panel, panel, Scalar{0});
  }
  const double calls = rate(state, [&] {
    for (std::size_t b = 0; b < images.blocks.size(); ++b) {
      for (std::size_t first = 0; first < kColumns; first += panel) {
        call(images.blocks.block(b), panel / lanes, weights.data() + first * kFeatures,
             rows.data() + first * kBlockRows);
      }
    }
  });
  const double column_rate = 2 * kColumns * calls;
  tell_operations(state, set, column_rate * static_cast<double>(images.blocks.entries() * kGroup));
  state.counters["useful"] = column_rate * static_cast<double>(images.not_zero) / 1e9;
}

void time_byte_product(benchmark::State& state, const Set& set, const Images& images) {
  time_bytes(state, set, images,
             [&](const ByteBlock& block, std::size_t vectors, const Scalar* weights, Scalar* z) {
               set.kernels->byte_product(block, weights, vectors, z);
             });
}

void time_add_byte_product(benchmark::State& state, const Set& set, const Images& images) {
  time_bytes(state, set, images,
             [&](const ByteBlock& block, std::size_t vectors, Scalar* gradient, const Scalar* d) {
               set.kernels->add_byte_product(block, d, vectors, gradient);
             });
}

/// A product of a layer: `layout` says how its matrices lie, without where.
void time_product(benchmark::State& state, const Set& set, Product layout) {
  const AlignedScalars a = normal(layout.rows * layout.inner, "a");
  const AlignedScalars b = normal(layout.inner * layout.columns, "b");
  AlignedScalars c(layout.rows * layout.columns);
  layout.a = a.data();
  layout.b = b.data();
  layout.c = c.data();
  layout.c_row = layout.columns;
  const double products = rate(state, [&] { set.kernels->product(layout); });
  tell_operations(state, set,
                  2 * products * static_cast<double>(layout.rows * layout.inner * layout.columns));
}

/// z += x · w for x [samples, inputs] and w [inputs, outputs].
Product forward(std::size_t samples, std::size_t inputs, std::size_t outputs) {
  return {.rows = samples,
          .inner = inputs,
          .columns = outputs,
          .a_row = inputs,
          .a_inner = 1,
          .b_inner = outputs,
          .b_column = 1,
          .add = true};
}

/// dx = dz · wᵀ
Product input_gradient(std::size_t samples, std::size_t inputs, std::size_t outputs) {
  return {.rows = samples,
          .inner = outputs,
          .columns = inputs,
          .a_row = outputs,
          .a_inner = 1,
          .b_inner = 1,
          .b_column = outputs};
}

/// dw += xᵀ · dz
Product weight_gradient(std::size_t samples, std::size_t inputs, std::size_t outputs) {
  return {.rows = inputs,
          .inner = samples,
          .columns = outputs,
          .a_row = 1,
          .a_inner = inputs,
          .b_inner = outputs,
          .b_column = 1,
          .add = true};
}

/// What nnrun hands a product of this size to; the peak is the best kernels'.
void time_blas(benchmark::State& state, const Set& best) {
  const std::size_t inner = 1024;
  const AlignedScalars a = normal(kRows * inner, "a");
  const AlignedScalars b = normal(inner * inner, "b");
  AlignedScalars c(kRows * inner);
  const double products = rate(state, [&] {
    add_product({a.data(), kRows, inner}, {b.data(), inner, inner}, {c.data(), kRows, inner});
  });
  tell_operations(state, best, 2 * products * static_cast<double>(kRows * inner * inner));
}

void time_sigmoid(benchmark::State& state, const Kernels& kernels) {
  const AlignedScalars x = normal(kRows * kColumns, "x");
  AlignedScalars y(x.size());
  time_elements(state, x.size(), [&] { kernels.sigmoid(x.data(), y.data(), x.size()); });
}

void time_softmax(benchmark::State& state, const Kernels& kernels) {
  const AlignedScalars x = normal(kRows * kClasses, "x");
  AlignedScalars y(x.size());
  time_elements(state, x.size(),
                [&] { kernels.softmax_rows(x.data(), kRows, kClasses, y.data()); });
}

void time_cross_entropy(benchmark::State& state, const Kernels& kernels) {
  const AlignedScalars z = normal(kRows * kClasses, "z");
  AlignedScalars a(z.size());
  kernels.softmax_rows(z.data(), kRows, kClasses, a.data());
  std::vector<std::uint32_t> labels(kRows);
  for (std::size_t n = 0; n < kRows; ++n) labels[n] = static_cast<std::uint32_t>(n % kClasses);
  time_elements(state, z.size(), [&] {
    benchmark::DoNotOptimize(
        kernels.cross_entropy(z.data(), a.data(), labels.data(), kRows, kClasses));
  });
}

using benchmark::State;

void add_all(const Set& set, const Images& images) {
  const Kernels& kernels = *set.kernels;
  const auto add_product_of = [&](const char* name, const Product& layout) {
    add(kernels.name, name, [=](State& state) { time_product(state, set, layout); });
  };
  add(kernels.name, "peak", [=](State& state) { time_peak(state, set); });
  add(kernels.name, "byte_product_784x64",
      [=, &images](State& state) { time_byte_product(state, set, images); });
  add(kernels.name, "add_byte_product_784x64",
      [=, &images](State& state) { time_add_byte_product(state, set, images); });
  add_product_of("forward_256x64x10", forward(kRows, kColumns, kClasses));
  add_product_of("dx_256x64x10", input_gradient(kRows, kColumns, kClasses));
  add_product_of("dw_256x64x10", weight_gradient(kRows, kColumns, kClasses));
  add_product_of("forward_256x1024x1024", forward(kRows, 1024, 1024));
  add(kernels.name, "sigmoid_256x64", [&](State& state) { time_sigmoid(state, kernels); });
  add(kernels.name, "softmax_256x10", [&](State& state) { time_softmax(state, kernels); });
  add(kernels.name, "cross_entropy_256x10",
      [&](State& state) { time_cross_entropy(state, kernels); });
  add_image_benchmarks(set);
}

void describe(const Images& images) {
  const auto per_sample = [](std::size_t count) {
    return static_cast<double>(count) / static_cast<double>(kSamples);
  };
  benchmark::AddCustomContext(
      "images",
      fmt::format("{} of {} bytes; a sample has {:.1f} bytes that are not zero ({:.1f} %) "
                  "and works through {:.1f} of its group's",
                  kSamples, kFeatures, per_sample(images.not_zero),
                  100 * per_sample(images.not_zero) / kFeatures,
                  kGroup * per_sample(images.blocks.entries())));
  benchmark::AddCustomContext("blas", fmt::format("{}, kernels {}", blas_version(), blas_kernel()));
}

void run() {
  const Images images;
  describe(images);
  std::vector<Set> sets;
  for (const Kernels* each : runnable_kernels()) {
    sets.push_back({each, measure_peak(*each)});
    benchmark::AddCustomContext(fmt::format("peak of {}", each->name),
                                fmt::format("{:.0f} Gflop/s", sets.back().peak / 1e9));
    add_all(sets.back(), images);
  }
  add("blas", "forward_256x1024x1024",
      [best = sets.front()](State& state) { time_blas(state, best); });
  benchmark::RunSpecifiedBenchmarks();
}

}  // namespace
}  // namespace nnrun

int main(int argc, char** argv) {
  nnrun::keep_blas_single_threaded();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  nnrun::run();
  benchmark::Shutdown();
}
