#include "train/first_layers.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "math/every_kernel.h"
#include "train/tiny.h"

namespace nnrun {
namespace {

using test::Matrix;
using test::Sum;
using Units = std::vector<std::size_t>;

constexpr std::size_t kSamples = 300;  // four shards of 75
constexpr std::size_t kWidth = 150;    // two tiles of features

/// Units of some runs: a run that begins in the middle of a panel and goes on in the next one, runs
/// of one unit alone and together, of exactly a panel and of more than two, and runs that share a vector.
const std::vector<Units> kUnits = {{40, 40}, {1}, {1, 1, 1}, {64}, {130}, {3, 5, 7}};

/// Samples, their scaling, and the parameters and deltas of runs.
struct Setting {
  explicit Setting(Scale scale)
      : samples(test::random_samples(kSamples, kWidth, 2, "first layers", 0.3)),
        positions(kSamples),
        pool(1) {
    std::iota(positions.begin(), positions.end(), 0U);
    shards = test::shards_of(samples, positions, pool);
    scaling = std::make_unique<FeatureScaling>(scale, samples, positions);
  }

  /// x = factor · byte + shift, in double precision.
  double x(std::size_t sample, std::size_t feature) const {
    const double byte = samples.features[sample * kWidth + feature];
    const double shift =
        scaling->shifts().empty() ? 0 : static_cast<double>(scaling->shifts()[feature]);
    return static_cast<double>(scaling->factors()[feature]) * byte + shift;
  }

  Samples samples;
  std::vector<std::uint32_t> positions;
  Pool pool;
  Shards shards;
  std::unique_ptr<FeatureScaling> scaling;
};

/// A run's own numbers: the same in any company.
std::vector<Scalar> parameters_of(std::size_t units) {
  return test::normal((kWidth + 1) * units, "parameters" + std::to_string(units));
}

Matrix deltas_of(std::size_t units) {
  return {kSamples, units, test::normal(kSamples * units, "deltas" + std::to_string(units))};
}

/// What a run gets out of its first layer.
struct Result {
  Matrix z;
  std::vector<Scalar> gradient;
};

void pack(FirstLayers& layers, const Units& units) {
  for (std::size_t run = 0; run < units.size(); ++run) {
    const auto parameters = parameters_of(units[run]);
    layers.pack(run, parameters, 0, 17);  // in two steps, as slices of a run are
    layers.pack(run, parameters, 17, kWidth);
    layers.pack_bias(run, parameters);
  }
}

/// Takes one block, samples [from, from + count), forward and backward.
void pass_block(FirstLayers& layers, const ByteBlock& block, std::size_t shard, std::size_t from,
                std::vector<Result>& results) {
  // What was there before must not matter.
  AlignedScalars z(layers.block_size(), 1e30F);
  layers.forward(block, z.data());
  const std::size_t count = block.rows - 1;
  for (std::size_t run = 0; run < results.size(); ++run) {
    const std::size_t units = results[run].z.view().columns();
    layers.take(run, z.data(), {results[run].z.values().data() + from * units, count, units});
  }
  for (std::size_t run = 0; run < results.size(); ++run) {
    const std::size_t units = results[run].z.view().columns();
    const Matrix deltas = deltas_of(units);
    layers.put(run, {deltas.values().data() + from * units, count, units}, z.data());
  }
  layers.backward(block, z.data(), shard);
}

void reduce(const FirstLayers& layers, std::size_t shards, std::vector<Result>& results) {
  for (std::size_t run = 0; run < results.size(); ++run) {
    const std::size_t units = results[run].z.view().columns();
    const auto gradient = std::span(results[run].gradient);
    const auto bias = gradient.subspan(kWidth * units);
    std::fill(bias.begin(), bias.end(), Scalar{0});
    layers.add_bias(run, {0, shards}, bias);
    layers.reduce(run, shards, 0, 33, bias, gradient.first(33 * units));
    layers.reduce(run, shards, 33, kWidth, bias,
                  gradient.subspan(33 * units).first((kWidth - 33) * units));
  }
}

/// The same, shard after shard, as ranks do that have one each.
void reduce_in_turn(const FirstLayers& layers, std::size_t shards, std::vector<Result>& results) {
  for (std::size_t run = 0; run < results.size(); ++run) {
    const std::size_t units = results[run].z.view().columns();
    const auto gradient = std::span(results[run].gradient);
    const auto bias = gradient.subspan(kWidth * units);
    std::fill(bias.begin(), bias.end(), Scalar{0});
    std::vector<Scalar> sums(kWidth * units);
    for (std::size_t s = 0; s < shards; ++s) {
      layers.add_bias(run, {s, s + 1}, bias);
      layers.add_weights(run, {s, s + 1}, 0, kWidth, sums);
    }
    const auto all = std::span<const Scalar>(sums);
    layers.scale(0, bias, all.first(33 * units), gradient.first(33 * units));
    layers.scale(33, bias, all.subspan(33 * units),
                 gradient.subspan(33 * units).first((kWidth - 33) * units));
  }
}

std::vector<Result> pass(const Setting& setting, const Units& units, bool in_turn = false) {
  FirstLayers layers(*setting.scaling, units);
  pack(layers, units);
  layers.reserve(setting.shards.count(), {0, setting.shards.count()});
  std::vector<Result> results;
  for (const std::size_t count : units) {
    results.push_back({Matrix(kSamples, count), std::vector<Scalar>((kWidth + 1) * count, 1e30F)});
  }
  std::size_t from = 0;
  for (std::size_t shard = 0; shard < setting.shards.count(); ++shard) {
    const ByteBlocks& blocks = setting.shards.blocks(shard);
    layers.clear(shard);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      pass_block(layers, blocks.block(b), shard, from, results);
      from += blocks.block(b).rows - 1;
    }
  }
  REQUIRE_EQ(from, kSamples);
  (in_turn ? reduce_in_turn : reduce)(layers, setting.shards.count(), results);
  return results;
}

template <class Body>
void for_each_scale(Body body) {
  test::with_every_kernel_in_use([&](const Kernels& /*each*/) {
    for (const Scale scale : {Scale::kNone, Scale::kUnit, Scale::kStandard}) {
      CAPTURE(static_cast<int>(scale));
      body(Setting(scale));
    }
  });
}

void check_outputs(const Setting& setting, const Result& found) {
  const std::size_t units = found.z.view().columns();
  const auto w = parameters_of(units);
  std::vector<Sum> expected(kSamples * units);
  for (std::size_t n = 0; n < kSamples; ++n) {
    Sum* row = &expected[n * units];
    for (std::size_t u = 0; u < units; ++u)
      row[u].add(static_cast<double>(w[kWidth * units + u]), 1);
    for (std::size_t d = 0; d < kWidth; ++d) {
      const double x = setting.x(n, d);
      for (std::size_t u = 0; u < units; ++u) row[u].add(x, static_cast<double>(w[d * units + u]));
    }
  }
  test::check_sums(found.z.values().data(), expected);
}

void check_gradient(const Setting& setting, const Result& found) {
  const std::size_t units = found.z.view().columns();
  const Matrix dy = deltas_of(units);
  std::vector<Sum> expected(found.gradient.size());
  for (std::size_t n = 0; n < kSamples; ++n) {
    const auto row = dy.view().row(n);
    for (std::size_t d = 0; d <= kWidth; ++d) {
      const double x = d < kWidth ? setting.x(n, d) : 1;  // the bias comes last
      for (std::size_t u = 0; u < units; ++u) {
        expected[d * units + u].add(x, static_cast<double>(row[u]));
      }
    }
  }
  test::check_sums(found.gradient.data(), expected);
}

TEST_CASE("first layers: outputs and gradients are those of a plain loop") {
  for_each_scale([](const Setting& setting) {
    for (const Units& units : kUnits) {
      CAPTURE(units.front());
      for (const Result& found : pass(setting, units)) {
        check_outputs(setting, found);
        check_gradient(setting, found);
      }
    }
  });
}

TEST_CASE("first layers: a run's bits are the same whichever runs lie beside it") {
  for_each_scale([](const Setting& setting) {
    for (const Units& units : {Units{40, 40}, Units{3, 5, 7}, Units{2, 40, 3, 64, 5},
                               Units{130, 7, 40}, Units{1, 1, 1}}) {
      const auto together = pass(setting, units);
      for (std::size_t run = 0; run < units.size(); ++run) {
        const auto alone = pass(setting, {units[run]});
        CHECK(test::same_bits(alone[0].z.values(), together[run].z.values()));
        CHECK(test::same_bits(alone[0].gradient, together[run].gradient));
      }
    }
  });
}

TEST_CASE("first layers: shards added up in turn have the bits of all at once") {
  for_each_scale([](const Setting& setting) {
    for (const Units& units : kUnits) {
      const auto at_once = pass(setting, units);
      const auto in_turn = pass(setting, units, true);
      for (std::size_t run = 0; run < units.size(); ++run) {
        CHECK(test::same_bits(at_once[run].gradient, in_turn[run].gradient));
      }
    }
  });
}

TEST_CASE("first layers: packing a run leaves the others as they are") {
  const Setting setting(Scale::kUnit);
  const Units units = {40, 40, 3};
  FirstLayers layers(*setting.scaling, units);
  pack(layers, units);
  const ByteBlock block = setting.shards.blocks(0).block(0);
  const auto outputs = [&](std::size_t run) {
    AlignedScalars z(layers.block_size());
    layers.forward(block, z.data());
    Matrix y(block.rows - 1, units[run]);
    layers.take(run, z.data(), y.view());
    return y.values();
  };
  const auto first = outputs(0);
  const auto last = outputs(2);
  const std::vector<Scalar> zeros((kWidth + 1) * 40);
  layers.pack(1, zeros, 0, kWidth);
  layers.pack_bias(1, zeros);
  CHECK(test::same_bits(outputs(0), first));
  CHECK(test::same_bits(outputs(2), last));
  CHECK(test::same_bits(outputs(1), std::vector<Scalar>((block.rows - 1) * 40)));
}

}  // namespace
}  // namespace nnrun
