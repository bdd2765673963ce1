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
                 "run.json: damaged, not a run.json of this nnrun"));
  RunOptions retry;
  retry.retry = {"damaged"};
  CHECK_EQ(bench.run(tiny_experiment(bench.folder), retry).trained, 1);
  CHECK_EQ(bench.run(tiny_experiment(bench.folder)).skipped, 1);
}

TEST_CASE("run_state: a finished run that is not whole is refused, and nothing is written") {
  Bench bench;
  const std::string text = tiny_experiment(bench.folder);
  bench.run(text);
  const std::filesystem::path run = bench.folder / "results/tiny/run";
  for (const char* name :
       {"metrics.csv", "timing.csv", "confusion.csv", "weights/0.dense.bias.npy"}) {
    CAPTURE(std::string(name));
    const std::string whole = read_bytes(run / name);
    std::string changed = whole;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    for (const std::string& content : {std::string(), changed, whole.substr(1), whole + "\n"}) {
      write_bytes(run / name, content);
      std::filesystem::remove(bench.folder / "results/tiny/epochs.csv");
      const std::string found = error_of([&] { bench.run(text); });
      CAPTURE(found);
      CHECK(contains(found,
                     "tiny/run: finished, but not whole (--retry damaged trains it anew):\n    "));
      CHECK(contains(found, std::string(name) + ": changed since it was written"));
      CHECK_FALSE(std::filesystem::exists(bench.folder / "results/tiny/epochs.csv"));
    }
    std::filesystem::remove(run / name);
    CHECK(contains(error_of([&] { bench.run(text); }), std::string(name) + ": missing"));
    write_bytes(run / name, whole);
  }
  CHECK_EQ(bench.run(text).skipped, 1);
}

TEST_CASE("run_state: what is damaged alone is trained anew with retry") {
  Bench bench;
  const std::string text = with_rates("[0.5, 1]", bench.folder);
  bench.run(text);
  const std::string whole = bench.file("learning_rate=1/metrics.csv");
  const std::string other = bench.file("learning_rate=0.5/run.json");
  write_bytes(bench.folder / "results/tiny/learning_rate=1/metrics.csv", "epoch\n");
  RunOptions retry;
  retry.retry = {"damaged"};
  const Witness witness = bench.run(text, retry);
  CHECK_EQ(witness.trained, 1);
  CHECK_EQ(witness.skipped, 1);
  CHECK_EQ(bench.file("learning_rate=1/metrics.csv"), whole);
  CHECK_EQ(bench.file("learning_rate=0.5/run.json"), other);
}

TEST_CASE("run_state: a run that diverged is whole without a confusion matrix") {
  Bench bench;
  const std::string text = with(
      with(with_rates("1e38", bench.folder), "loss: cross_entropy", "loss: mean_squared_error"),
      "  - softmax\n", "");
  bench.run(text);
  CHECK_EQ(bench.run(text).skipped, 1);
  RunOptions retry;
  retry.retry = {"failed"};
  CHECK_EQ(bench.run(text, retry).skipped, 1);
  retry.retry = {"diverged"};
  CHECK_EQ(bench.run(text, retry).trained, 1);
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
