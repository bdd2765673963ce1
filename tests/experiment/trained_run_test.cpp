#include "experiment/trained_run.h"

#include <limits>

#include "base/npy.h"
#include "experiment/bench.h"
#include "experiment/edit_run.h"

namespace nnrun {
namespace {

using namespace test;
namespace fs = std::filesystem;

std::string told_of(const fs::path& folder) {
  return error_of([&] { read_trained_run(folder); });
}

/// A finished tiny run.
struct FinishedRun {
  FinishedRun() { bench.run(tiny_experiment(bench.folder)); }

  fs::path folder() const { return bench.folder / "results/tiny/run"; }
  std::string told() const { return told_of(folder()); }

  Bench bench;
};

}  // namespace

TEST_CASE("trained run: the weights are those that were written") {
  const FinishedRun finished;
  const TrainedRun run = read_trained_run(finished.folder());
  const Network& network = run.experiment.model.network;
  REQUIRE_EQ(network.parameters().size(), 2);
  for (const NetworkParameter& parameter : network.parameters()) {
    CHECK_EQ(npy_bytes(parameter.declared.shape, Network::documented(parameter, run.parameters)),
             finished.bench.file("run/weights/" + parameter.name + ".npy"));
  }
}

TEST_CASE("trained run: an experiment's folder stands for its one run") {
  const FinishedRun finished;
  CHECK_EQ(read_trained_run(finished.bench.folder / "results/tiny").folder, finished.folder());
  Bench bench;
  bench.run(with_rates("[0.5, 1]", bench.folder));
  const auto told = told_of(bench.folder / "results/tiny");
  CHECK(contains(told, "results/tiny: holds 2 runs; give the folder of one, such as "));
  CHECK(told.ends_with("results/tiny/learning_rate=0.5"));
}

TEST_CASE("trained run: what is no finished run is told") {
  const TemporaryFolder folder;
  CHECK(told_of(folder / "none").ends_with("none: no such folder"));
  CHECK(contains(told_of(folder.path()), "no finished runs in this folder"));
  write_bytes(folder / "run.json", R"({"name": "somebody else's"})");
  CHECK(contains(told_of(folder.path()), "run.json: damaged, not a run.json of this nnrun"));
}

TEST_CASE("trained run: a run that is not finished, failed or diverged is told") {
  Bench bench;
  const fs::path folder = bench.folder / "results/tiny/run";
  bench.crash(tiny_experiment(bench.folder), 2);
  CHECK(contains(told_of(folder), "tiny/run: the run is not finished; 'nnrun run' with its"));
  Bench wild;
  const std::string text = with(tiny_experiment(wild.folder), "  - softmax\nloss: cross_entropy",
                                "loss: mean_squared_error");
  wild.run(with(text, "learning_rate: 0.5", "learning_rate: 1e+38"));
  CHECK(contains(told_of(wild.folder / "results/tiny/run"), "tiny/run: diverged at epoch "));
  const FinishedRun finished;
  const fs::path json = finished.folder() / "run.json";
  write_bytes(json, with(read_bytes(json), "\"completed\",\n  \"message\": \"\"",
                         "\"failed\",\n  \"message\": \"disk full\""));
  sign_again(finished.folder());
  CHECK(contains(finished.told(), "tiny/run: the run failed, it has no weights: disk full"));
}

TEST_CASE("trained run: weights that are damaged, foreign or not finite are told") {
  const FinishedRun finished;
  const fs::path bias = finished.folder() / "weights/0.dense.bias.npy";
  const std::string whole = read_bytes(bias);
  const auto told = [&](const std::string& bytes, bool sign) {
    write_bytes(bias, bytes);
    if (sign) sign_again(finished.folder());
    return finished.told();
  };
  CHECK(contains(told(whole.substr(0, whole.size() - 1), false),
                 "0.dense.bias.npy: changed since it was written: its SHA-256 is not the one in "
                 "run.json; train the run anew with --retry damaged"));
  CHECK(
      contains(told("no array", true), "0.dense.bias.npy: damaged, not an array that nnrun wrote"));
  const std::vector<Scalar> four = {1, 2, 3, 4};
  CHECK(contains(told(npy_bytes({4}, four), true),
                 "0.dense.bias.npy: an array of shape 4, but the network's has 3"));
  const std::vector<Scalar> nan = {1, 2, std::numeric_limits<Scalar>::quiet_NaN()};
  CHECK(contains(told(npy_bytes({3}, nan), true),
                 "0.dense.bias.npy: nan at [2]; a network with such weights is of no use"));
  CHECK_EQ(told(whole, true), "");
  fs::remove(bias);
  CHECK(contains(finished.told(), "0.dense.bias.npy: missing"));
}

TEST_CASE("trained run: a configuration that cannot be read is told with its place") {
  const FinishedRun finished;
  const fs::path file = finished.folder() / "run.json";
  const std::string whole = read_bytes(file);
  const auto told = [&](const std::string& old, const std::string& replacement) {
    write_bytes(file, with(whole, old, replacement));
    sign_again(finished.folder());
    return finished.told();
  };
  CHECK(contains(told("\"epochs\": 3", "\"epochs\": -3"),
                 "run/run.json: epochs: expected a whole number"));
  CHECK(contains(told("\"epochs\": 3", "\"epochs\": [3, 4]"),
                 "run/run.json: damaged, its configuration is not that of one run"));
}

TEST_CASE("trained run: starting values from a file need not be there any more") {
  Bench bench;
  const fs::path start = bench.folder / "start.npy";
  write_bytes(start, npy_bytes({3}, std::vector<Scalar>{1, 2, 3}));
  bench.run(with(tiny_experiment(bench.folder), "dense: {units: 3}",
                 "dense: {units: 3, bias: {from_file: {file: " + start.string() + "}}}"));
  REQUIRE_EQ(bench.status, ExitStatus::kDone);
  fs::remove(start);
  CHECK_EQ(told_of(bench.folder / "results/tiny/run"), "");
}

TEST_CASE("trained run: other data under the same name are told") {
  const FinishedRun finished;
  const TrainedRun run = read_trained_run(finished.folder());
  const auto told = [&] {
    return error_of([&] { check_data(run, load_data(run.experiment.data)); });
  };
  CHECK_EQ(told(), "");
  const fs::path images = finished.bench.folder / "test-images";
  std::string bytes = read_bytes(images);
  bytes.back() = static_cast<char>(~bytes.back());
  write_bytes(images, bytes);
  CHECK(contains(told(), "tiny/run: trained on other data:\n    data[2].sha256: was "));
}

}  // namespace nnrun
