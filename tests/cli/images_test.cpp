// Runs on real images: MNIST where NNRUN_DATA_DIR has it, else Debian's Fashion-MNIST.
#include <cstdlib>

#include "cli/process.h"
#include "experiment/edit_run.h"

namespace nnrun {

using namespace test;

namespace {

bool has(const std::filesystem::path& folder) {
  return std::filesystem::exists(folder / "train-images-idx3-ubyte.gz");
}

bool has_mnist() {
  const char* root = std::getenv("NNRUN_DATA_DIR");
  return root != nullptr && has(std::filesystem::path(root) / "mnist");
}

bool has_fashion() { return has("/usr/share/datasets/fashion-mnist"); }

const std::string kConfigs = std::string(NNRUN_SOURCE_DIR) + "/configs/";

/// metrics.csv and the weights of a run.
std::string bytes_of(const TemporaryFolder& folder, const std::string& results) {
  const std::string run = results + "/task3_lr_sweep/learning_rate=0.7/";
  std::string all;
  for (const char* file : {"metrics.csv", "weights/0.dense.weights.npy", "weights/0.dense.bias.npy",
                           "weights/2.dense.weights.npy", "weights/2.dense.bias.npy"}) {
    all += read_bytes(folder / (run + file));
  }
  return all;
}

}  // namespace

TEST_CASE("images: the sweep gives the same bytes for 1 and 2 threads, alone and in the grid") {
  if (!has_fashion()) {
    MESSAGE("skipped: Fashion-MNIST is not installed (dataset-fashion-mnist)");
    return;
  }
  const TemporaryFolder folder;
  const auto run = [&](const std::string& results, const std::string& threads,
                       const std::string& rates) {
    const auto found =
        nnrun(folder, {kConfigs + "task3_lr_sweep.yaml", "--set", "epochs=2", "--set",
                       "dataset.name=fashion_mnist", "--set", "learning_rate=" + rates, "--results",
                       results, "--threads", threads});
    REQUIRE_EQ(found.status, 0);
    return bytes_of(folder, results);
  };
  const std::string grid_on_one = run("a", "1", "[0.3, 0.7, 1.1, 2.0]");
  CHECK(run("b", "2", "[0.3, 0.7, 1.1, 2.0]") == grid_on_one);
  CHECK(run("c", "1", "[0.7]") == grid_on_one);
  CHECK(run("d", "2", "[0.7]") == grid_on_one);
}

TEST_CASE("images: one neuron tells the zeros of MNIST from the rest") {
  if (!has_mnist()) {
    MESSAGE("skipped: MNIST is not in NNRUN_DATA_DIR");
    return;
  }
  const TemporaryFolder folder;
  const auto found = nnrun(folder, {kConfigs + "task1_single_neuron.yaml", "--set", "epochs=30",
                                    "--set", "metrics=[accuracy]"});
  REQUIRE_EQ(found.status, 0);
  // After 30 of the 500 epochs; the majority class alone is 0.902.
  const std::string json = read_bytes(folder / "results/task1_single_neuron/run/run.json");
  const auto at = json.find("\"test_accuracy\": ");
  REQUIRE_NE(at, std::string::npos);
  const double accuracy = std::stod(json.substr(at + 17));
  CHECK_GT(accuracy, 0.975);
  CHECK_LT(accuracy, 0.995);
}

TEST_CASE("images: a finished run on MNIST is skipped where MNIST is not") {
  if (!has_mnist()) {
    MESSAGE("skipped: MNIST is not in NNRUN_DATA_DIR");
    return;
  }
  const TemporaryFolder folder;
  const std::vector<std::string> command = {kConfigs + "task1_single_neuron.yaml", "--set",
                                            "epochs=1"};
  REQUIRE_EQ(nnrun(folder, command).status, 0);
  const std::vector<std::string> nowhere = {"NNRUN_DATA_DIR=/nowhere", "HOME=/nowhere"};
  const auto again = nnrun(folder, command, nowhere);
  CHECK_EQ(again.status, 0);
  CHECK(contains(again.error, "1 of 1 runs are finished already and are skipped"));
  // It is still compared: the checksums of a published set are known.
  const auto run = folder / "results/task1_single_neuron/run";
  const auto json = run / "run.json";
  std::string changed = read_bytes(json);
  const auto at = changed.find("\"sha256\": \"") + 11;
  changed.replace(at, 4, "0000");
  write_bytes(json, changed);
  sign_again(run);
  const auto other = nnrun(folder, command, nowhere);
  CHECK_EQ(other.status, 2);
  CHECK(contains(other.error, "finished on other data:\n    data[0].sha256: was 0000"));
}

}  // namespace nnrun
