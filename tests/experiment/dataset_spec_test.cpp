#include "experiment/dataset_spec.h"

#include <nlohmann/json.hpp>

#include "experiment/bench.h"

namespace nnrun {

using namespace test;

namespace {

/// What is wrong with an experiment of this dataset section, ten classes.
std::string mistakes(const std::string& dataset, const std::string& more = "",
                     std::size_t classes = 10) {
  Node document = parse("name: t\ndataset: {" + dataset +
                        "}\nnetwork: [dense: {units: " + std::to_string(classes) +
                        "}, softmax]\nloss: cross_entropy\nlearning_rate: 1\nepochs: 1\n" + more);
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  read_experiment(document, reading);
  return diagnostics.text();
}

/// The section as it is resolved.
std::string resolved(const std::string& dataset) {
  Node node = parse("{dataset: {" + dataset + "}}");
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  Options top({&node, {}, &reading});
  Options options(top.mapping("dataset", true));
  read_dataset(options, reading);
  REQUIRE_EQ(diagnostics.text(), "");
  return to_line(node);
}

const std::string kDigits = "name: {synthetic: {kind: digits, train: 100, test: 20}}";
const std::string kMoons = "name: {synthetic: {kind: moons, train: 100, test: 20}}";

/// A whole experiment on drawn data, of two classes.
std::string moons_experiment(const std::string& dataset, const std::string& more = "") {
  return "name: tiny\ndataset: {" + dataset +
         "}\nnetwork: [dense: {units: 2}, softmax]\nloss: cross_entropy\nlearning_rate: 1\nepochs: "
         "2\nmetrics: [accuracy]\n" +
         more;
}

}  // namespace

TEST_CASE("dataset: the usual scale is unit for bytes and none for numbers") {
  CHECK(contains(resolved(kDigits), "scale: unit"));
  CHECK(contains(resolved(kMoons), "scale: none"));
  CHECK(contains(resolved(kMoons + ", scale: standard"), "scale: standard"));
}

TEST_CASE("dataset: defaults of the other keys are written out") {
  CHECK(contains(resolved(kDigits),
                 "limit: {train: all, test: all}, split: {train: 0.8, validation: 0.2, stratified: "
                 "false}, shuffle: once, scale: unit, augment: [], labels: classes"));
}

TEST_CASE("dataset: what does not fit together is refused with its place") {
  struct Row {
    std::string found;
    std::string message;
  };
  const std::vector<Row> rows = {
      {mistakes(kMoons + ", scale: unit", "", 2),
       "dataset.scale: unit divides bytes by 255, but the samples of synthetic are numbers; use "
       "standard or none"},
      {mistakes(kMoons, "compute: {features: sparse}\n", 2),
       "compute.features: sparse takes bytes, but the samples of synthetic are numbers; use auto or "
       "dense"},
      {mistakes(kDigits + ", dir: there"),
       "dataset.dir: synthetic is not looked for in folders; this one would be ignored"},
      {mistakes(kDigits + ", limit: {train: 101, test: 21}"),
       "dataset.limit.train: 101 samples, but synthetic has 100 for training"},
      {mistakes(kDigits + ", limit: {train: 101, test: 21}"),
       "dataset.limit.test: 21 samples, but synthetic has 20 for testing"},
      {mistakes(kDigits + ", limit: {train: 0}"),
       "dataset.limit.train: expected 'all' or a whole number ≥ 1, got 0"},
      {mistakes(kDigits + ", limit: {trian: 5}"), "dataset.limit: unknown key 'trian'"},
      {mistakes(kDigits + ", limit: {train: 50}, split: {train: 41, validation: 10}"),
       "dataset.split: train and validation add up to 51 samples, but the training file of synthetic "
       "has 50"},
      {mistakes(kDigits + ", shuffle: never, split: {stratified: true}"),
       "dataset.split.stratified: is drawn from the seed, but shuffle: never draws nothing; use once"},
      {mistakes(kMoons + ", augment: [shift: {pixels: 1}]", "", 2),
       "dataset.augment[0]: shift changes images [C, H, W], but the samples have 2 features in a row"},
      {mistakes(kDigits + ", augment: [noise: {stddev: 1}, shift: {pixels: 28}]"),
       "dataset.augment[1]: 28 pixels would move all of an image of 28 × 28 out of it"},
      {mistakes(kDigits + ", augment: [shft]"),
       "dataset.augment[0]: unknown augmentation 'shft'; did you mean 'shift'?"},
      {mistakes(kDigits + ", augment: [noise: {stddev: 1}]", "compute: {features: sparse}\n"),
       "compute.features: sparse takes the data set's own bytes, which dataset.augment changes; use "
       "auto or dense"},
      {mistakes("name: {csv: {train: /absent.csv, label: x}}"),
       "dataset.name: /absent.csv: cannot open: No such"},
  };
  for (const Row& row : rows) CHECK_MESSAGE(contains(row.found, row.message), row.found);
}

TEST_CASE("dataset: a network on a table is checked with what the table has") {
  const TemporaryFolder folder;
  const auto path = write_bytes(folder / "t.csv", "a,b,kind\n1,2,x\n3,4,y\n5,6,z\n");
  const std::string dataset = "name: {csv: {train: " + path.string() + ", label: kind}}";
  CHECK_EQ(mistakes(dataset, "", 3), "");
  CHECK(contains(mistakes(dataset, "", 4), "labels 'classes' of csv need 3"));
  CHECK(contains(mistakes("name: {csv: {train: " + path.string() + ", label: knd}}"),
                 "t.csv:1: no column 'knd', which label names; did you mean 'kind'?"));
}

TEST_CASE("dataset: the limit keeps the first samples of each file") {
  Node node = parse("{dataset: {" + kDigits + ", limit: {train: 30, test: 7}}}");
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  Options top({&node, {}, &reading});
  Options options(top.mapping("dataset", true));
  const DatasetSection section = read_dataset(options, reading);
  CHECK_EQ(section.data.facts.train, 30);
  CHECK_EQ(section.data.facts.test, 7);
  const Data all = section.data.dataset->load({});
  const Data kept = load_data(section.data);
  CHECK_EQ(kept.train.count(), 30);
  CHECK_EQ(kept.test.count(), 7);
  CHECK(kept.train.features == std::vector<std::uint8_t>(all.train.features.begin(),
                                                         all.train.features.begin() + 30 * 784));
  CHECK(kept.test.labels ==
        std::vector<std::uint32_t>(all.test.labels.begin(), all.test.labels.begin() + 7));
}

TEST_CASE(
    "dataset: limits, augmentations and strata are axes or lists, and part runs into groups") {
  Bench bench;
  const auto witness = bench.run(moons_experiment(
      kMoons +
      ", limit: {train: [all, 50]}, split: {stratified: [false, true]}, augment: [noise: "
      "{stddev: [0.1, 0.2]}]"));
  CHECK(witness.groups == std::vector<std::size_t>(8, 1));
}

TEST_CASE("dataset: a list of augmentations may be an axis, none of them among its values") {
  Bench bench;
  bench.run(moons_experiment(kMoons, "grid: {dataset.augment: [[], [noise: {stddev: 0.1}]]}\n"));
  CHECK(std::filesystem::exists(bench.folder / "results/tiny/dataset.augment=none/run.json"));
  CHECK(std::filesystem::exists(bench.folder /
                                "results/tiny/dataset.augment=noise_stddev_0.1/run.json"));
}

TEST_CASE("dataset: a run without test samples has no test columns, and is finished all the same") {
  Bench bench;
  const std::string text =
      moons_experiment("name: {synthetic: {kind: moons, train: 100, test: 0}}");
  CHECK_EQ(bench.run(text).trained, 1);
  CHECK_EQ(bench.status, ExitStatus::kDone);
  CHECK_FALSE(std::filesystem::exists(bench.folder / "results/tiny/run/confusion.csv"));
  const auto json = nlohmann::json::parse(bench.file("run/run.json"));
  CHECK_FALSE(json["figures"].contains("test_loss"));
  CHECK(json["data"].empty());
  CHECK(contains(bench.file("runs.csv"), "test_accuracy"));
  CHECK_EQ(bench.run(text).skipped, 1);
}

TEST_CASE("dataset: a run on a table that changed since is not taken for finished") {
  Bench bench;
  const std::string table = "a,kind\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n";
  const auto path = write_bytes(bench.folder / "t.csv", table);
  const std::string text =
      moons_experiment("name: {csv: {train: " + path.string() + ", label: kind}}");
  CHECK_EQ(bench.run(text).trained, 1);
  CHECK_EQ(bench.run(text).skipped, 1);
  write_bytes(path, with(table, "3,x", "7,x"));
  CHECK(contains(error_of([&] { bench.run(text); }), "finished on other data"));
}

TEST_CASE("dataset: a table that changes between check and run is told of") {
  Bench bench;
  const auto path = write_bytes(bench.folder / "t.csv", "a,kind\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n");
  const std::string text =
      moons_experiment("name: {csv: {train: " + path.string() + ", label: kind}}");
  const auto file = write_experiment(bench.folder, "tiny.yaml", text);
  const auto sweeps = load_sweeps({file}, {});
  write_bytes(path, "a,kind\n1,x\n2,y\n");
  Witness witness;
  RunOptions options;
  options.results = bench.folder / "results";
  CHECK(contains(error_of([&] { run_sweeps(sweeps, options, witness); }),
                 "csv: the files changed while they were read"));
}

}  // namespace nnrun
