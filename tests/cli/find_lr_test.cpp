#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/place.h"
#include "cli/process.h"

namespace nnrun {
namespace {

using namespace test;
namespace fs = std::filesystem;

/// An experiment on strokes drawn from a seed.
const char* const kStrokes = R"(name: strokes
dataset: {name: {synthetic: {kind: digits, train: 400, test: 50}}}
network: [{dense: {units: 10}}, softmax]
loss: cross_entropy
learning_rate: [0.3, 0.7]
epochs: 2
)";

struct Strokes {
  Strokes() { write_experiment(folder, "strokes.yaml", kStrokes); }
  Finished find(std::vector<std::string> more) const {
    more.insert(more.begin(), {"find-lr", "strokes.yaml"});
    return nnrun(folder, more);
  }
  TemporaryFolder folder;
};

TEST_CASE("cli: find-lr tells the curve and what it says, and writes nothing") {
  const Strokes strokes;
  for (const std::vector<std::string>& batch :
       {std::vector<std::string>{}, std::vector<std::string>{"--set", "batch_size=50"}}) {
    const auto found = strokes.find(batch);
    CHECK_EQ(found.status, 0);
    CHECK(contains(found.out, "update  learning_rate "));
    CHECK(contains(found.out, "\nthe loss falls fastest at learning rate "));
    CHECK(contains(found.out, "; it is least at "));
    CHECK(contains(found.error, "strokes/learning_rate=0.3: the first of 2 runs"));
  }
  CHECK_FALSE(fs::exists(strokes.folder / "results"));
}

TEST_CASE(
    "cli: find-lr's rates rise by the same factor, and the first loss is the untrained network's") {
  const Strokes strokes;
  const auto found = strokes.find({"--set", "learning_rate=1", "--steps", "11", "--from", "0.001",
                                   "--to", "1", "--format", "json"});
  REQUIRE_EQ(found.status, 0);
  CHECK(found.error.starts_with("nnrun: the loss falls fastest at learning rate "));
  const auto rows = nlohmann::json::parse(found.out);
  REQUIRE_EQ(rows.size(), 11);
  CHECK_EQ(rows[0]["learning_rate"].get<double>(), doctest::Approx(0.001));
  CHECK_EQ(rows[5]["learning_rate"].get<double>(), doctest::Approx(0.0316227766));
  CHECK_EQ(rows[10]["learning_rate"].get<double>(), doctest::Approx(1));
  CHECK_EQ(rows[0]["loss"], rows[0]["smoothed_loss"]);
  CHECK_LT(rows[10]["loss"].get<double>(), rows[0]["loss"].get<double>());
  const auto trained =
      nnrun(strokes.folder, {"strokes.yaml", "--set", "learning_rate=1", "--set", "epochs=1"});
  REQUIRE_EQ(trained.status, 0);
  const std::string metrics = read_bytes(strokes.folder / "results/strokes/run/metrics.csv");
  CHECK(contains(metrics, "\n0,1," + rows[0]["loss"].dump() + ","));
}

TEST_CASE("cli: find-lr ends where the loss is not finite or far too large") {
  const Strokes strokes;
  for (const char* batch : {"full", "50"}) {
    const auto found = strokes.find(
        {"--set", "batch_size=" + std::string(batch), "--set", "loss=mean_squared_error", "--set",
         "network=[dense: {units: 10}]", "--to", "1e6", "--format", "csv"});
    CHECK_EQ(found.status, 0);
    CHECK_LT(std::count(found.out.begin(), found.out.end(), '\n'), 100);
    CHECK_FALSE(contains(found.out, "nan"));
  }
}

TEST_CASE("cli: find-lr draws the curve") {
  const Strokes strokes;
  const auto found = strokes.find({"--set", "batch_size=50", "--output", "range.svg"});
  if (contains(found.error, "gnuplot: not found")) {
    MESSAGE("skipped: no gnuplot");
    return;
  }
  REQUIRE_MESSAGE(found.status == 0, found.error);
  const std::string image = read_bytes(strokes.folder / "range.svg");
  CHECK(contains(image, "learning rate"));
  CHECK(contains(image, "smoothed"));
}

TEST_CASE("cli: find-lr refuses what it cannot do") {
  const Strokes strokes;
  const auto told = [&](const std::vector<std::string>& arguments) {
    const auto found = strokes.find(arguments);
    CHECK_EQ(found.status, 2);
    CHECK_EQ(found.out, "");
    return found.error;
  };
  CHECK(contains(told({"--from", "1", "--to", "1"}),
                 "--from 1: expected a learning rate below that of --to, 1"));
  CHECK(contains(told({"--from", "0"}), "--from: expected a real number > 0, got '0'"));
  CHECK(contains(told({"--to", "fast"}), "--to: expected a real number > 0, got 'fast'"));
  CHECK(contains(told({"--steps", "9"}), "--steps 9: expected 10 updates or more"));
  CHECK(contains(told({"--output", "range.pdf"}), "ends with .svg or .png, got 'range.pdf'"));
  CHECK(contains(told({"--set", "optimizer=lbfgs"}), "optimizer: takes no step of a given"));
  const auto never =
      strokes.find({"--set", "loss=mean_squared_error", "--set",
                    "network=[dense: {units: 10, weights: {constant: {value: 3e38}}}]"});
  CHECK_EQ(never.status, 1);
  CHECK(contains(never.error, "the loss is not finite before any update"));
}

}  // namespace
}  // namespace nnrun
