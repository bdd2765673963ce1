#include "experiment/run_state.h"

#include "base/npy.h"
#include "experiment/bench.h"

namespace nnrun {

using namespace test;

TEST_CASE("run_state: what is finished is skipped, a new grid point alone is trained") {
  Bench bench;
  CHECK_EQ(bench.run(with_rates("[0.5, 1]", bench.folder)).trained, 2);
  const std::string before = bench.file("learning_rate=1/run.json");
  const auto again = bench.run(with_rates("[0.5, 1]", bench.folder));
  CHECK_EQ(again.skipped, 2);
  CHECK_EQ(again.trained, 0);
  const auto more = bench.run(with_rates("[0.5, 1, 2]", bench.folder));
  CHECK_EQ(more.skipped, 2);
  CHECK_EQ(more.trained, 1);
  CHECK_EQ(lines(bench.file("runs.csv")), 4);
  CHECK_EQ(bench.file("learning_rate=1/run.json"), before);
}

TEST_CASE("run_state: a changed experiment is refused with what changed, and trained with fresh") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  const std::string before = bench.file("run/metrics.csv");
  const std::string changed = with(tiny_experiment(bench.folder), "epochs: 3", "epochs: 4");
  const std::string found = error_of([&] { bench.run(changed); });
  CHECK(
      contains(found, "tiny/run: finished with another configuration:\n    epochs: was 3, now 4"));
  CHECK_EQ(bench.file("run/metrics.csv"), before);
  RunOptions fresh;
  fresh.fresh = true;
  CHECK_EQ(bench.run(changed, fresh).trained, 1);
  CHECK_EQ(lines(bench.file("run/metrics.csv")), 6);
}

TEST_CASE("run_state: a new description is no change") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  CHECK_EQ(bench.run(tiny_experiment(bench.folder, "description: other words\n")).skipped, 1);
}

TEST_CASE("run_state: an unfinished run starts over and leaves the bytes of an undisturbed one") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  const std::string whole = bench.file("run/metrics.csv");
  const std::filesystem::path run = bench.folder / "results/tiny/run";
  std::filesystem::remove(run / "run.json");
  write_bytes(run / "metrics.csv", whole.substr(0, whole.size() / 2));
  write_bytes(run / "notes.txt", "mine");
  CHECK_EQ(bench.run(tiny_experiment(bench.folder)).trained, 1);
  CHECK_EQ(bench.file("run/metrics.csv"), whole);
  CHECK_EQ(bench.file("run/notes.txt"), "mine");
}

TEST_CASE("run_state: another file of starting values is another configuration") {
  Bench bench;
  const auto file = bench.folder / "bias.npy";
  write_bytes(file, npy_bytes({3}, std::vector<Scalar>{1, 2, 3}));
  const std::string text = with(tiny_experiment(bench.folder), "{units: 3}",
                                "{units: 3, bias: {from_file: {file: " + file.string() + "}}}");
  CHECK_EQ(bench.run(text).trained, 1);
  CHECK_EQ(bench.run(text).trained, 0);
  write_bytes(file, npy_bytes({3}, std::vector<Scalar>{1, 2, 4}));
  CHECK(contains(error_of([&] { bench.run(text); }),
                 "tiny/run: finished with another configuration:\n    "
                 "network[0].dense.bias.from_file.sha256: was "));
}

TEST_CASE("run_state: a change is refused also when the changed runs have other folders") {
  Bench bench;
  bench.run(with_rates("[0.5, 1]", bench.folder));
  const std::string changed = with(with_rates("[2]", bench.folder), "epochs: 3", "epochs: 4");
  const std::string found = error_of([&] { bench.run(changed); });
  CHECK(contains(found,
                 "tiny/learning_rate=1: finished with another configuration:\n"
                 "    epochs: was 3, now 4"));
  CHECK_EQ(bench.run(with_rates("[2]", bench.folder)).trained, 1);
}

TEST_CASE("run_state: one sample and all samples are different splits") {
  Bench bench;
  const auto text = [&](const std::string& train) {
    return with(tiny_experiment(bench.folder), "{train: 200, validation: 100}",
                "{train: " + train + ", validation: 0}");
  };
  CHECK(bench.run(text("[1, 1.0]")).groups == std::vector<std::size_t>{1, 1});
  bench.run(with(text("1"), "name: tiny", "name: one"));
  const std::string found =
      error_of([&] { bench.run(with(text("1.0"), "name: tiny", "name: one")); });
  CHECK(contains(found, "dataset.split.train: was 1, now 1.0"));
}

TEST_CASE("run_state: a damaged run.json is told, not trusted") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  write_bytes(bench.folder / "results/tiny/run/run.json", "{\"status\": 3}");
  CHECK(contains(error_of([&] { bench.run(tiny_experiment(bench.folder)); }),
                 "run.json: damaged, not a run.json of nnrun"));
}

TEST_CASE("run_state: a finished run that is not whole is refused, and nothing is written") {
  struct Row {
    std::string file;
    std::string content;  ///< "" removes the file
    std::string message;
  };
  Bench whole;
  whole.run(tiny_experiment(whole.folder));
  const std::string metrics = whole.file("run/metrics.csv");
  const std::string weights = whole.file("run/weights/0.dense.weights.npy");
  const auto cut = [](const std::string& text, std::size_t bytes) {
    return text.substr(0, text.size() - bytes);
  };
  const std::size_t last_row = metrics.rfind('\n', metrics.size() - 2) + 1;
  const std::vector<Row> rows = {
      {"metrics.csv", "", "metrics.csv: missing or empty"},
      {"metrics.csv", cut(metrics, 1), "metrics.csv: the last line is cut off"},
      {"metrics.csv", metrics.substr(0, last_row), "metrics.csv: 3 rows, expected 4"},
      {"metrics.csv", metrics + "4,1,1,1,1,1\n", "metrics.csv: 5 rows, expected 4"},
      {"metrics.csv", metrics.substr(0, last_row) + "3,1\n", "row 3 has 2 cells, expected 6"},
      {"metrics.csv", metrics.substr(0, last_row) + "x,1,1,1,1,1\n", "row 3 begins with 'x'"},
      {"metrics.csv", "x" + metrics, "metrics.csv: another header: xepoch,"},
      {"timing.csv", "", "timing.csv: missing or empty"},
      {"confusion.csv", "", "confusion.csv: missing or empty"},
      {"weights/0.dense.bias.npy", "", "weights/0.dense.bias.npy: No such file"},
      {"weights/0.dense.weights.npy", cut(weights, 4), "232 bytes, expected 236"},
      {"weights/0.dense.weights.npy", "x" + weights.substr(1), "not an array of shape 3 × 9"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const std::filesystem::path file = whole.folder / ("results/tiny/run/" + row.file);
    const std::string before = read_bytes(file);
    std::filesystem::remove(file);
    if (!row.content.empty()) write_bytes(file, row.content);
    std::filesystem::remove(whole.folder / "results/tiny/epochs.csv");
    const std::string found = error_of([&] { whole.run(tiny_experiment(whole.folder)); });
    CAPTURE(found);
    CHECK(contains(found, "tiny/run: finished but not whole:\n    "));
    CHECK(contains(found, row.message));
    CHECK(contains(found, "--fresh"));
    CHECK_FALSE(std::filesystem::exists(whole.folder / "results/tiny/epochs.csv"));
    write_bytes(file, before);
  }
  CHECK_EQ(whole.run(tiny_experiment(whole.folder)).skipped, 1);
}

TEST_CASE("run_state: a run that diverged is whole without a confusion matrix") {
  Bench bench;
  const std::string text = with(
      with(with_rates("1e38", bench.folder), "loss: cross_entropy", "loss: mean_squared_error"),
      "  - softmax\n", "");
  bench.run(text);
  CHECK_EQ(bench.run(text).skipped, 1);
}

TEST_CASE("run_state: a run that was trained on other data is refused") {
  Bench bench;
  bench.run(with_rates("[1]", bench.folder));
  std::string images = read_bytes(bench.folder / "train-images");
  images.back() = static_cast<char>(images.back() ^ 1);
  write_bytes(bench.folder / "train-images", images);
  // All finished, and with another run to train: the data is compared either way.
  for (const char* rates : {"[1]", "[1, 2]"}) {
    const std::string found = error_of([&] { bench.run(with_rates(rates, bench.folder)); });
    CAPTURE(found);
    CHECK(
        contains(found, "tiny/learning_rate=1: finished on other data:\n    data[0].sha256: was "));
    CHECK_FALSE(contains(found, "data[1]"));
    CHECK_FALSE(std::filesystem::exists(bench.folder / "results/tiny/learning_rate=2"));
  }
  RunOptions fresh;
  fresh.fresh = true;
  CHECK_EQ(bench.run(with_rates("[1]", bench.folder), fresh).trained, 1);
  CHECK_EQ(bench.run(with_rates("[1]", bench.folder)).skipped, 1);
}

}  // namespace nnrun
