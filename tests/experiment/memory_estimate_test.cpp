#include "experiment/memory_estimate.h"

#include "bench.h"

namespace nnrun {

using namespace test;

namespace {

constexpr double kSamples = 200;  // of the tiny experiment's training part
constexpr double kAll = 360;      // of its files
constexpr double kFeatures = 9;

/// Of all runs of a tiny experiment with changes.
MemoryEstimate estimate(const std::string& more, std::size_t threads = 1,
                        const std::string& layers = "  - dense: {units: 3}\n") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  const auto text = with(tiny_experiment(folder, more), "  - dense: {units: 3}\n", layers);
  const auto sweeps = load_sweeps({write_experiment(folder, "tiny.yaml", text)}, {});
  std::vector<RunRef> refs;
  for (std::size_t r = 0; r < sweeps[0].runs.size(); ++r) refs.push_back({0, r});
  return estimate_memory(sweeps, refs, threads);
}

AvailableMemory available(double bytes) {
  return {static_cast<std::uint64_t>(bytes), "this machine"};
}

}  // namespace

TEST_CASE("memory_estimate: data sets are counted as they stay in memory, and once") {
  const MemoryEstimate one = estimate("");
  CHECK_EQ(one.data, kAll * (kFeatures + sizeof(std::uint32_t)));
  CHECK_EQ(one.loading, 0);
  CHECK_EQ(estimate("grid: {seed: [1, 2]}\n").data, one.data);
  CHECK_GT(one.process, 0);
}

TEST_CASE("memory_estimate: runs that train together add up, others do not") {
  const double one = estimate("").training;
  const double together = estimate("grid: {optimizer: [adam, adam: {beta1: 0.8}]}\n").training;
  const double apart = estimate("optimizer: adam\ngrid: {seed: [1, 2]}\n").training;
  CHECK_GT(together, apart);
  CHECK_GT(apart, one);
}

TEST_CASE("memory_estimate: in steps, a whole batch is in memory at once") {
  const std::string layers = "  - dense: {units: 3}\n  - batch_norm\n";
  const double small = estimate("batch_size: 60\n", 1, layers).training;
  const double full = estimate("batch_size: full\n", 1, layers).training;
  CHECK_GT(full - small, (kSamples - 60) * (kFeatures + 3 + 3) * sizeof(Scalar));
  CHECK_EQ(estimate("batch_size: 1000\n", 1, layers).training, doctest::Approx(full).epsilon(0.03));
}

TEST_CASE("memory_estimate: each thread has a block and pages of its own") {
  const MemoryEstimate one = estimate("", 1);
  const MemoryEstimate many = estimate("", 8);
  CHECK_GT(many.training, one.training);
  CHECK_GT(many.process, one.process);
}

TEST_CASE("memory_estimate: the sparse form takes what is not known not to be there") {
  const double sparse = estimate("batch_size: full\n").training;
  const double dense = estimate("batch_size: full\ncompute: {features: dense}\n").training;
  CHECK_GT(sparse - dense, kAll * kFeatures * 1.5);
}

TEST_CASE("memory_estimate: terabytes are counted, not wrapped around") {
  const TemporaryFolder folder;
  const std::string text =
      "name: vast\n"
      "dataset: {name: {synthetic: {kind: blobs, features: 65536, train: 10000000}}}\n"
      "network: [dense: {units: 16777216}, relu, dense: {units: 16777216}, relu, dense: {units: 3}, "
      "softmax]\n"
      "loss: cross_entropy\nlearning_rate: 0.1\nepochs: 1\n";
  const auto sweeps = load_sweeps({write_experiment(folder, "vast.yaml", text)}, {});
  const MemoryEstimate vast = estimate_memory(sweeps, {{0, 0}}, 2);
  CHECK_GT(vast.data, 2.6e12);
  CHECK_GT(vast.training, 16777216.0 * 16777216.0 * 2 * sizeof(Scalar));
  CHECK_THROWS_AS(check_memory(sweeps, {{0, 0}}, 2, false), Error);
  CHECK_NOTHROW(check_memory(sweeps, {{0, 0}}, 2, true));
  CHECK_NOTHROW(check_memory(sweeps, {}, 2, false));
}

TEST_CASE("memory_estimate: what is said of it") {
  const MemoryEstimate estimate{.process = 20e6, .data = 50e6, .loading = 1e6, .training = 30e6};
  CHECK_EQ(memory_line(estimate, {}), "memory: 100.0 MB");
  CHECK_EQ(memory_line(estimate, available(100e6)), "memory: 100.0 MB of 100.0 MB available");
  CHECK_EQ(memory_line(estimate, available(99e6)),
           "memory: 100.0 MB of 99.0 MB available (this machine) are not enough: data sets take "
           "50.0 MB, reading them 1.0 MB more, the largest runs that train together 30.0 MB, the "
           "program 20.0 MB\nTake a smaller batch_size, fewer --threads, less of the data "
           "(dataset.limit), or go on with --allow-swap");
}

}  // namespace nnrun
