#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/process.h"
#include "experiment/edit_run.h"
#include "png_file.h"
#include "tiny_experiment.h"

namespace nnrun {

using namespace test;

namespace {

namespace fs = std::filesystem;

/// A folder with a finished tiny run.
struct FinishedRun {
  explicit FinishedRun(const std::vector<std::string>& more = {}) {
    write_tiny_data(folder);
    write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
    std::vector<std::string> arguments = {"tiny.yaml"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    REQUIRE_EQ(nnrun(folder, arguments).status, 0);
  }

  Finished eval(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"eval", "results/tiny/run"});
    return nnrun(folder, arguments);
  }
  nlohmann::json json(std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.end(), {"--format", "json"});
    const auto found = eval(arguments);
    REQUIRE_MESSAGE(found.status == 0, found.error);
    CHECK_EQ(found.error, "");
    return nlohmann::json::parse(found.out);
  }
  /// What is said of a mistake.
  std::string told(const std::vector<std::string>& arguments) const {
    const auto found = eval(arguments);
    CHECK_EQ(found.status, 2);
    CHECK_EQ(found.out, "");
    return found.error;
  }
  nlohmann::json figures() const {
    return nlohmann::json::parse(read_bytes(folder / "results/tiny/run/run.json"))["figures"];
  }

  TemporaryFolder folder;
};

/// The tiny data set, its test part replaced by other files of the folder.
std::string data_of(const TemporaryFolder& folder, const std::string& images,
                    const std::string& labels) {
  const std::string in = folder.path().string() + "/";
  return "{idx: {train_images: " + in + "train-images, train_labels: " + in +
         "train-labels.gz, test_images: " + in + images + ", test_labels: " + in + labels +
         ", classes: 3}}";
}

/// A 3 × 3 picture that is bright in one row.
std::string picture(std::size_t row) {
  std::vector<std::uint8_t> pixels(9);
  for (std::size_t x = 0; x < 3; ++x) pixels[row * 3 + x] = 220;
  return png_file(3, 3, pixels);
}

}  // namespace

TEST_CASE("cli: eval gives the test figures of the run, in every format") {
  const FinishedRun run;
  const auto json = run.json();
  CHECK_EQ(json["measures"]["loss"], run.figures()["test_loss"]);
  CHECK_EQ(json["measures"]["accuracy"], run.figures()["test_accuracy"]);
  CHECK_EQ(json["samples"], 60);
  CHECK_EQ(json["classes"][2]["support"], 20);
  const auto table = run.eval({});
  CHECK_EQ(table.error, "");
  CHECK(table.out.starts_with("results/tiny/run: 60 test samples of idx\n\nmeasure"));
  CHECK(contains(table.out, "true \\ predicted"));
  CHECK(run.eval({"--format", "csv"}).out.starts_with("figure,class,predicted,value\nloss,,,"));
  CHECK(contains(run.eval({"--format", "markdown"}).out, "\n| measure | value |\n"));
  CHECK_EQ(run.eval({"--threads", "1"}).out, table.out);
  CHECK_EQ(nnrun(run.folder, {"eval", "results/tiny"}).out, table.out);
}

TEST_CASE("cli: eval takes other parts of the data") {
  const FinishedRun run({"--set", "dataset.shuffle=every_epoch"});
  const auto validation = run.json({"--part", "validation"});
  CHECK_EQ(validation["measures"]["loss"], run.figures()["final_validation_loss"]);
  CHECK_EQ(validation["samples"], 100);
  const auto train = run.json({"--part", "train"});
  CHECK_EQ(train["measures"]["accuracy"], run.figures()["final_train_accuracy"]);
  CHECK_EQ(train["samples"], 200);
}

TEST_CASE("cli: eval takes other data, scaled by what the run was trained on") {
  const FinishedRun run({"--set", "dataset.scale=standard"});
  const auto own = run.json({"--data", data_of(run.folder, "test-images", "test-labels.gz")});
  CHECK_EQ(own["measures"]["loss"], run.figures()["test_loss"]);
  const std::string images =
      idx_bytes({2, 3, 3}, {0, 0, 0, 220, 220, 220, 0, 0, 0, 220, 220, 220, 0, 0, 0, 0, 0, 0});
  write_bytes(run.folder / "two-images", images);
  write_bytes(run.folder / "two-labels", idx_bytes({2}, {1, 2}));
  const std::string two = data_of(run.folder, "two-images", "two-labels");
  const auto other = run.json({"--data", two});
  CHECK_EQ(other["samples"], 2);
  CHECK_EQ(other["confusion"], nlohmann::json::parse("[[0, 0, 0], [0, 1, 0], [1, 0, 0]]"));
  CHECK_EQ(run.json({"--data", two, "--part", "train"})["samples"], 300);
}

TEST_CASE("cli: eval tells which data do not fit, and what is wrong with their text") {
  const FinishedRun run;
  CHECK_EQ(
      run.told({"--data", "fashion_mnist"}),
      "--data fashion_mnist: samples of 1 × 28 × 28, but results/tiny/run was trained on 1 × 3 × "
      "3\n");
  CHECK(contains(run.told({"--data", "fashion_mnits"}),
                 "--data fashion_mnits:1:1: unknown data set 'fashion_mnits'; did you mean"));
  CHECK(
      contains(run.told({"--data", "{idx: {classes: [2, 3]}}"}), "expected one value, got a list"));
  CHECK(contains(run.told({"--data", "{idx: "}), "--data {idx: :1:"));
  CHECK(contains(run.told({"--data", ""}), "--data: expected a value, got empty text"));
  CHECK(contains(run.told({"--data", data_of(run.folder, "none", "test-labels.gz")}),
                 "none: cannot open: No such file or directory"));
  CHECK(contains(run.told({"--data", "mnist", "--part", "validation"}),
                 "--part validation is the run's own: another data set has train and test"));
  CHECK(contains(run.told({"--part", "most"}), "--part: most not in {test,train,validation}"));
}

TEST_CASE("cli: eval labels pictures in the order of their names") {
  const FinishedRun run({"--set", "epochs=50"});
  fs::create_directory(run.folder / "pictures");
  for (const char* name : {"c.png", "a.png", "b.png"}) {
    const auto row = static_cast<std::size_t>(name[0] - 'a');
    write_bytes(run.folder / ("pictures/" + std::string(name)), picture(row));
  }
  write_bytes(run.folder / "pictures/.hidden", "text");
  const auto found = run.eval({"--images", "pictures", "--format", "json"});
  REQUIRE_MESSAGE(found.status == 0, found.error);
  const auto rows = nlohmann::json::parse(found.out);
  REQUIRE_EQ(rows.size(), 3);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK_EQ(rows[k]["file"], std::string(1, static_cast<char>('a' + k)) + ".png");
    CHECK_EQ(rows[k]["predicted"], k);
    CHECK_GT(rows[k]["probability"], 0.5);
    CHECK_LT(rows[k]["runner_up_probability"], rows[k]["probability"]);
    CHECK_NE(rows[k]["runner_up"], k);
  }
  const auto table = run.eval({"--images", "pictures"});
  CHECK(table.out.starts_with("file   predicted  probability  runner_up  runner_up_probability\n"));
}

TEST_CASE("cli: eval scales pictures as the run scaled its samples") {
  const FinishedRun run({"--set", "dataset.scale=standard"});
  fs::create_directory(run.folder / "pictures");
  const std::string images = read_bytes(run.folder / "test-images");
  for (std::size_t n = 0; n < 4; ++n) {
    const auto* first = images.data() + 16 + 9 * n;
    write_bytes(run.folder / fmt::format("pictures/{}.png", n),
                png_file(3, 3, std::vector<std::uint8_t>(first, first + 9)));
  }
  write_bytes(run.folder / "few-images",
              idx_bytes({4, 3, 3},
                        std::vector<std::uint8_t>(images.begin() + 16, images.begin() + 16 + 36)));
  write_bytes(run.folder / "few-labels", idx_bytes({4}, {0, 0, 0, 0}));
  const auto labels =
      nlohmann::json::parse(run.eval({"--images", "pictures", "--format", "json"}).out);
  const auto few = run.json({"--data", data_of(run.folder, "few-images", "few-labels")});
  std::vector<int> predicted(3);
  for (const auto& row : labels) ++predicted.at(row["predicted"].get<std::size_t>());
  CHECK_EQ(few["confusion"][0], predicted);
}

TEST_CASE("cli: eval tells which picture it cannot take, and why") {
  const FinishedRun run;
  fs::create_directory(run.folder / "pictures");
  const auto told = [&] { return run.told({"--images", "pictures"}); };
  const auto told_of = [&](const std::string& bytes) {
    write_bytes(run.folder / "pictures/a.png", bytes);
    return told();
  };
  CHECK_EQ(told(), "pictures: holds no pictures\n");
  CHECK_EQ(
      told_of("text"),
      "pictures/a.png: not a PNG file; what is to be passed over needs a name that begins with a dot\n");
  CHECK_EQ(
      told_of(png_file(2, 3, {0, 0, 0, 0, 0, 0})),
      "pictures/a.png: is 1 × 3 × 2, but results/tiny/run takes 1 × 3 × 3 (channels × height × "
      "width)\n");
  CHECK(contains(told_of(png_file(3, 3, std::vector<std::uint8_t>(27), {PNG_COLOR_TYPE_RGB})),
                 "pictures/a.png: is 3 × 3 × 3, but results/tiny/run takes 1 × 3 × 3"));
  CHECK(contains(told_of(picture(0).substr(0, 50)), "pictures/a.png: a broken PNG file"));
  fs::remove(run.folder / "pictures/a.png");
  fs::create_directory(run.folder / "pictures/deep");
  CHECK_EQ(told(), "pictures/deep: not a regular file\n");
  CHECK_EQ(run.told({"--images", "none"}), "none: No such file or directory\n");
  CHECK(contains(run.told({"--images", "pictures", "--data", "mnist"}), "excludes --images"));
}

TEST_CASE("cli: eval tells what cannot be evaluated, with status 2") {
  const FinishedRun run;
  const auto told = [&](const std::string& folder) {
    const auto found = nnrun(run.folder, {"eval", folder});
    CHECK_EQ(found.status, 2);
    CHECK_EQ(found.out, "");
    return found.error;
  };
  CHECK_EQ(told("none"), "none: no such folder\n");
  CHECK_EQ(
      told("results"),
      "results: a folder of experiments, not of runs; give those that you mean: results/tiny\n");
  REQUIRE_EQ(nnrun(run.folder, {"tiny.yaml", "--set", "learning_rate=[0.5, 1e+38]", "--set",
                                "network=[{dense: {units: 3}}]", "--set", "loss=mean_squared_error",
                                "--results", "grid"})
                 .status,
             0);
  CHECK(contains(told("grid/tiny"), "grid/tiny: holds 2 runs; give the folder of one"));
  CHECK(contains(told("grid/tiny/learning_rate=1e+38"), "diverged at epoch "));
  const fs::path bias = run.folder / "results/tiny/run/weights/0.dense.bias.npy";
  const std::string whole = read_bytes(bias);
  write_bytes(bias, whole + "x");
  CHECK(contains(told("results/tiny/run"), "weights/0.dense.bias.npy: changed since"));
  write_bytes(bias, whole);
  fs::rename(run.folder / "test-images", run.folder / "elsewhere");
  CHECK(contains(told("results/tiny/run"), "results/tiny/run/run.json: dataset.name"));
  fs::rename(run.folder / "elsewhere", run.folder / "test-images");
  fs::remove(run.folder / "results/tiny/run/run.json");
  CHECK(contains(told("results/tiny/run"), "results/tiny/run: the run is not finished"));
}

}  // namespace nnrun
