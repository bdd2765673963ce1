#include <cstdint>
#include <string>
#include <vector>

#include "base/rng.h"
#include "experiment/bench.h"

namespace nnrun {

using namespace test;

namespace {

/// metrics.csv and the weights of a tiny experiment with these lines more.
std::string bytes_of_run(const std::string& more) {
  Bench bench;
  const Witness witness = bench.run(tiny_experiment(bench.folder, more));
  CHECK_EQ(witness.failure, "");
  CHECK(bench.status == ExitStatus::kDone);
  return bench.file("run/metrics.csv") + bench.file("run/weights/0.dense.weights.npy");
}

std::string mistake_of(const std::string& more) {
  Bench bench;
  return error_of([&] { bench.run(tiny_experiment(bench.folder, more)); });
}

}  // namespace

TEST_CASE("streaming: a run has the bytes that it has with all samples in memory") {
  struct Row {
    std::string more;
    std::string compute;
  };
  for (const Row& row : {Row{"", ""}, Row{"", "features: dense, "}, Row{"batch_size: 30\n", ""},
                         Row{"batch_size: 64\n", "features: dense, "}}) {
    CAPTURE(row.more);
    CAPTURE(row.compute);
    const auto compute = [&](const std::string& memory) {
      return "compute: {" + row.compute + "shards: 5" + memory + "}\n";
    };
    CHECK_EQ(bytes_of_run(row.more + compute(", memory: 3GB")),
             bytes_of_run(row.more + compute("")));
  }
}

TEST_CASE("streaming: shards of several pieces are added up as they are in memory") {
  constexpr std::size_t samples = 20000;
  Bench bench;
  std::vector<std::uint8_t> pixels(samples * 9);
  std::vector<std::uint8_t> labels(samples);
  const Stream stream(1, "pieces");
  for (std::size_t n = 0; n < samples; ++n) {
    labels[n] = static_cast<std::uint8_t>(3 * stream.uniform(n));
    for (std::size_t p = 0; p < 9; ++p) {
      const double light = 255 * stream.uniform(samples + 9 * n + p);
      pixels[9 * n + p] = p / 3 == labels[n] ? static_cast<std::uint8_t>(light) : 0;
    }
  }
  write_bytes(bench.folder / "train-images", idx_bytes({samples, 3, 3}, pixels));
  write_bytes(bench.folder / "train-labels.gz", gzip_bytes(idx_bytes({samples}, labels)));
  for (const char* features : {"sparse", "dense"}) {
    const auto file_of = [&](const std::string& memory) {
      const std::string compute = std::string("compute: {shards: 2, features: ") + features;
      const auto text = with(tiny_experiment(bench.folder, compute + memory + "}\n"), "train: 200",
                             "train: 19000");
      RunOptions options;
      options.fresh = true;
      CHECK_EQ(bench.run(text, options).failure, "");
      return bench.file("run/metrics.csv");
    };
    CHECK_EQ(file_of(", memory: 3GB"), file_of(""));
  }
}

TEST_CASE("streaming: what takes more than it may is refused before it is trained") {
  CHECK(contains(mistake_of("compute: {memory: 3MB}\n"),
                 "tiny.yaml: compute.memory: 3.0 MB, but training takes "));
}

TEST_CASE("streaming: the limit is a size") {
  for (const char* size : {"much", "1", "1e999GB", "''"}) {
    CAPTURE(size);
    CHECK(contains(mistake_of(std::string("compute: {memory: ") + size + "}\n"),
                   "compute.memory: expected bytes such as 500MB"));
  }
}

TEST_CASE("streaming: the number of shards is part of the experiment") {
  CHECK_NE(bytes_of_run("compute: {shards: 1}\n"), bytes_of_run("compute: {shards: 3}\n"));
  CHECK(contains(mistake_of("compute: {shards: 0}\n"), "compute.shards: expected a whole number"));
}

}  // namespace nnrun
