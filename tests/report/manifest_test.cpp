#include "report/manifest.h"

#include "report/manifests.h"

namespace nnrun {

using namespace test;

namespace {

/// What is wrong with a manifest, with the name of its folder left out.
std::string mistakes(ManifestBench& bench, const std::string& file,
                     const std::vector<std::string>& arguments = {}) {
  std::string text = error_of([&] { load_manifest(file, arguments); });
  const std::string folder = bench.folder.path().string() + "/";
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
    text.erase(at, folder.size());
  }
  return text;
}

const std::string kGood =
    "  - name: one\n"
    "    place: V.B\n"
    "    text: it ends well\n"
    "    experiment: sweep\n"
    "    run: learning_rate=1\n"
    "    quantity: {final: {of: test_accuracy}}\n"
    "    at_least: 0.50\n";

}  // namespace

TEST_CASE("manifest: experiments, runs and claims are what is written") {
  ManifestBench bench;
  const auto manifest = load_manifest(
      bench.manifest(kGood +
                     "  - name: two\n    text: t\n    experiment: single\n"
                     "    quantity: {first_epoch: {when: \"train_loss < 1\"}}\n"
                     "    before: {experiment: sweep, run: learning_rate=0.5, quantity: {count: "
                     "{when: \"train_loss < 1\"}}}\n"
                     "    status: contested\n    reason: because\n"),
      {});
  CHECK_EQ(manifest.name, "study");
  CHECK_EQ(manifest.description, "two experiments");
  REQUIRE_EQ(manifest.experiments.size(), 2);
  CHECK_EQ(manifest.experiments[0].key, "sweep");
  CHECK_EQ(manifest.experiments[0].sweep.runs.size(), 2);
  CHECK_EQ(manifest.experiments[1].folder, std::filesystem::path("single"));
  REQUIRE_EQ(manifest.claims.size(), 2);
  const Claim& one = manifest.claims[0];
  CHECK_EQ(one.place, "V.B");
  CHECK_EQ(one.text, "it ends well");
  CHECK(one.measurement.of == ManifestRun{0, 1});
  CHECK_EQ(one.measurement.text, "final: {of: test_accuracy}");
  CHECK(one.relation.kind == Relation::Kind::kAtLeast);
  CHECK_EQ(one.relation.written, "0.50");
  CHECK_FALSE(one.contested);
  const Claim& two = manifest.claims[1];
  CHECK(two.measurement.of == ManifestRun{1, 0});
  REQUIRE(two.relation.other);
  CHECK(two.relation.other->of == ManifestRun{0, 0});
  CHECK(two.contested);
  CHECK_EQ(two.reason, "because");
}

TEST_CASE("manifest: another quantity is of the claim's own run unless it says so") {
  ManifestBench bench;
  write_experiment(bench.folder, "other.yaml",
                   with(with_rates("[1, 2]", bench.folder), "name: tiny", "name: other"));
  auto file = bench.manifest(
      claim("a", "lowest: {of: train_loss}", "less_than: {quantity: {highest: {of: train_loss}}}") +
      claim("b", "lowest: {of: train_loss}",
            "less_than: {run: learning_rate=0.5, quantity: {lowest: {of: train_loss}}}") +
      claim("c", "lowest: {of: train_loss}",
            "less_than: {experiment: single, quantity: {lowest: {of: train_loss}}}") +
      claim(
          "d", "lowest: {of: train_loss}",
          "near: {value: {experiment: other, quantity: {lowest: {of: train_loss}}}, tolerance: 1}"));
  write_bytes(file, with(read_bytes(file), "single: single.yaml",
                         "single: single.yaml, other: other.yaml"));
  const auto claims = load_manifest(file, {}).claims;
  REQUIRE_EQ(claims.size(), 4);
  CHECK(claims[0].relation.other->of == ManifestRun{0, 1});
  CHECK(claims[1].relation.other->of == ManifestRun{0, 0});
  CHECK(claims[2].relation.other->of == ManifestRun{1, 0});
  CHECK(claims[3].relation.other->of == ManifestRun{2, 0});  // that is called the same
}

TEST_CASE("manifest: results of its own lie below its name, and set changes every experiment") {
  ManifestBench bench;
  const auto file = bench.manifest(kGood);
  write_bytes(file, with(read_bytes(file), "results: shared", "results: own\nset: {epochs: 7}"));
  const auto manifest = load_manifest(file, {});
  CHECK_EQ(manifest.experiments[0].folder, std::filesystem::path("study/sweep"));
  CHECK_EQ(manifest.experiments[0].sweep.runs[0].experiment.epochs, 7);
  CHECK_EQ(manifest.experiments[1].sweep.runs[0].experiment.epochs, 7);
  const auto again = load_manifest(file, {"epochs=8"});
  CHECK_EQ(again.experiments[1].sweep.runs[0].experiment.epochs, 8);
}

TEST_CASE("manifest: an extended one brings its experiments, relative to itself") {
  ManifestBench bench;
  bench.manifest(kGood);
  std::filesystem::create_directory(bench.folder / "quick");
  const auto file = write_experiment(bench.folder, "quick/quick.yaml",
                                     "extends: ../manifest.yaml\nname: quick\nset: {epochs: 2}\n");
  const auto manifest = load_manifest(file, {});
  CHECK_EQ(manifest.name, "quick");
  CHECK_EQ(manifest.claims.size(), 1);
  CHECK_EQ(manifest.experiments[0].sweep.runs[0].experiment.epochs, 2);
}

TEST_CASE("manifest: every mistake in a claim is told with its place") {
  ManifestBench bench;
  struct Row {
    std::string old;
    std::string replacement;
    std::string message;  ///< after "manifest.yaml:"
  };
  const std::string quantity = "quantity: {final: {of: test_accuracy}}";
  const std::string relation = "at_least: 0.50";
  const std::vector<Row> rows = {
      {"experiment: sweep", "experiment: sweeps",
       "11:17: claims[0].experiment: unknown experiment 'sweeps'; did you mean 'sweep'?"},
      {"experiment: sweep", "experiment: other",
       "11:17: claims[0].experiment: unknown experiment 'other'; known: sweep, single"},
      {"    experiment: sweep\n", "", "8:5: claims[0]: missing key 'experiment': expected text"},
      {"run: learning_rate=1", "run: learning_rate=11",
       "12:10: claims[0].run: sweep has no run 'learning_rate=11'; did you mean 'learning_rate=1'?"},
      {"run: learning_rate=1", "run: 7",
       "12:10: claims[0].run: sweep has no run '7'; known: learning_rate=0.5, learning_rate=1"},
      {"    run: learning_rate=1\n", "",
       "8:5: claims[0]: missing key 'run': expected one of the 2 runs of sweep, such as "
       "learning_rate=0.5"},
      {"test_accuracy", "test_acuracy",
       "13:28: claims[0].quantity.final.of: the run has no column 'test_acuracy'; did you mean "
       "'test_accuracy'?"},
      {quantity, "quantity: {highest: {of: test_accuracy}}",
       "13:30: claims[0].quantity.highest.of: test_accuracy is one number of a run, not a curve; "
       "only 'final' takes it"},
      {quantity, "quantity: {highest: {of: sharpness}}",
       "13:30: claims[0].quantity.highest.of: the run has no column 'sharpness'; it has: "
       "learning_rate, train_loss, train_accuracy, validation_loss, validation_accuracy"},
      {quantity, "quantity: {count: {when: \"train_los > start(train_loss)\"}}",
       "13:30: claims[0].quantity.count.when: the run has no column 'train_los'; did you mean "
       "'train_loss'?"},
      {quantity, "quantity: {count: {when: \"train_loss > 0,5\"}}",
       "13:30: claims[0].quantity.count.when: cannot read the condition \"train_loss > 0,5\": "
       "'0,5' is no decimal number"},
      {quantity, "quantity: {finale: {of: test_accuracy}}",
       "13:15: claims[0].quantity: unknown quantity 'finale'; did you mean 'final'?"},
      {"    " + quantity + "\n", "",
       "8:5: claims[0]: missing key 'quantity': expected a quantity, such as final: {of: "
       "test_accuracy} ('nnrun list quantities')"},
      {relation, "at_least: much",
       "14:15: claims[0].at_least: expected a number, or {experiment: …, run: …, quantity: …}, got "
       "'much'"},
      {relation, "near: 5",
       "14:11: claims[0].near: expected a mapping of options (key: value), got 5"},
      {relation, "near: []",
       "14:11: claims[0].near: an empty list; a grid axis needs at least one value"},
      {relation, "near: {value: [], tolerance: 1}",
       "14:19: claims[0].near.value: an empty list; a grid axis needs at least one value"},
      {"run: learning_rate=1", "run: []",
       "12:10: claims[0].run: an empty list; a grid axis needs at least one value"},
      {"    run: learning_rate=1\n    " + quantity + "\n    " + relation,
       "    run: learning_rate=7\n    " + quantity +
           "\n    at_least: {quantity: {final: {of: test_accuracy}}}",
       "12:10: claims[0].run: sweep has no run 'learning_rate=7'; did you mean 'learning_rate=1'?"},
      {relation, "near: {value: 5}",
       "14:11: claims[0].near: missing key 'tolerance': expected a real number ≥ 0"},
      {relation, "near: {value: 5, tolerance: -0.1}",
       "14:33: claims[0].near.tolerance: expected a real number ≥ 0, got -0.1"},
      {"    " + relation + "\n", "",
       "8:5: claims[0]: no relation; expected one of near, at_least, at_most, more_than, less_than, "
       "before, after"},
      {relation, "at_least: 0.5\n    at_most: 1",
       "15:14: claims[0].at_most: a second relation beside 'at_least'; a claim has one"},
      {relation, "before: 10",
       "14:13: claims[0].before: orders epochs, and 'final: {of: test_accuracy}' is none; use "
       "less_than or more_than"},
      {relation, "less_than: {quantity: {count: {when: \"train_loss > 1\"}}}",
       "14:16: claims[0].less_than: compares epochs with something else: 'final: {of: "
       "test_accuracy}' and 'count: {when: \"train_loss > 1\"}'"},
      {relation, "less_than: {run: learning_rate=3, quantity: {final: {of: test_loss}}}",
       "14:22: claims[0].less_than.run: sweep has no run 'learning_rate=3'; did you mean "
       "'learning_rate=1'?"},
      {relation, relation + "\n    status: contested",
       "15:13: claims[0].status: a contested claim needs a 'reason'"},
      {relation, relation + "\n    reason: because",
       "15:13: claims[0].reason: only a contested claim has a reason; add 'status: contested'"},
      {relation, relation + "\n    status: doubtful",
       "15:13: claims[0].status: expected expected | contested, got 'doubtful'"},
      {relation, relation + "\n    because: so",
       "15:5: claims[0]: unknown key 'because'; accepted: name, place, text, experiment, run, "
       "quantity, near, at_most, more_than, less_than, before, after, at_least, status, reason"},
      {"name: one", "name: [one, two]",
       "8:11: claims[0].name: expected one value, got a list; a manifest has no grid"},
      {kGood, "  - one\n", "8:5: claims[0]: expected a mapping of options (key: value), got 'one'"},
      {kGood, kGood + with(kGood, "at_least", "at_most"),
       "15:11: claims[1].name: a second claim 'one'; the first is in line 8"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.replacement);
    const auto file = bench.manifest(with(kGood, row.old, row.replacement));
    CHECK_EQ(mistakes(bench, file), "manifest.yaml:" + row.message);
  }
}

TEST_CASE("manifest: every mistake in the rest is told with its place") {
  ManifestBench bench;
  struct Row {
    std::string old;
    std::string replacement;
    std::string message;
  };
  const std::string experiments = "{sweep: sweep.yaml, single: single.yaml}";
  const std::vector<Row> rows = {
      {"name: study", "name: my study",
       "manifest.yaml:1:7: name: 'my study' cannot name a folder: letters, digits, '_', '-' and "
       "'.', at most 100, not starting with '.' or '-'"},
      {"results: shared", "results: shard",
       "manifest.yaml:3:10: results: expected shared | own, got 'shard'; did you mean 'shared'?"},
      {"results:", "result:",
       "manifest.yaml:3:1: unknown key 'result'; did you mean 'results'? accepted: name, "
       "description, results, set, experiments, figures, claims"},
      {"single: single.yaml", "single: sinlge.yaml",
       "manifest.yaml:5:42: experiments.single: no file 'sinlge.yaml' (looked for sinlge.yaml)"},
      {"single: single.yaml", "single: 5",
       "manifest.yaml:5:42: experiments.single: expected the path of an experiment file, got 5"},
      {"single: single.yaml", "sweep: single.yaml",
       "manifest.yaml:5:34: duplicate key 'sweep'; it was first given in line 5"},
      {"single: single.yaml", "single: sweep.yaml",
       "manifest.yaml:5:34: experiments.single: has the same results folder as 'sweep': both files "
       "are named 'sweep'"},
      {"name: study", "name: single",
       "manifest.yaml:5:34: experiments.single: is named 'single' as the manifest, which needs a "
       "results folder of its own"},
      {"single: single.yaml", "single: manifest.yaml",
       "manifest.yaml:5:1: experiments: this is a manifest, not an experiment file; use 'nnrun "
       "batch manifest.yaml'"},
      {experiments, "[sweep.yaml]",
       "manifest.yaml:5:14: experiments: expected one value, got a list; a manifest has no grid"},
      {experiments, "{}",
       "manifest.yaml:5:14: experiments: expected names with the files of experiments (key: FILE), "
       "got an empty mapping"},
      {"description: two experiments", "set: {epochs: two}",
       "manifest.yaml:2:15: epochs: expected a whole number from 1 to 1000000000, got 'two'"},
      {"description: two experiments", "set: {network.9.dense.units: 4}",
       "manifest.yaml:2:7: set.network.9.dense.units: there is no network[9].dense.units in the "
       "file"},
      {"description: two experiments", "extends: manifest.yaml",
       "manifest.yaml:2:10: extends: the files extend each other in a circle"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.replacement);
    const auto file = bench.manifest("");
    write_bytes(file, with(with(read_bytes(file), "\nclaims:\n", ""), row.old, row.replacement));
    const std::string found = mistakes(bench, file);
    CHECK(contains(found, row.message));
    CAPTURE(found);
    if (row.old != experiments) CHECK_EQ(found.find('\n'), std::string::npos);
  }
}

TEST_CASE("manifest: mistakes of all files come together") {
  ManifestBench bench;
  const auto single = bench.folder / "single.yaml";
  write_bytes(single, with(read_bytes(single), "units: 3", "units: -3"));
  const auto found =
      mistakes(bench,
               bench.manifest(with(with(kGood, "at_least: 0.50", "near: {value: 1, tolerance: -1}"),
                                   "learning_rate=1", "learning_rate=7") +
                              "  - {name: x, text: t, experiment: single, quantity: {final: {of: "
                              "nothing}}, at_least: 1}\n"),
               {"epochs"});
  for (const char* part : {"--set epochs: expected PATH=VALUE", "single.yaml:", "got -3",
                           "claims[0].run", "claims[0].near.tolerance"}) {
    CHECK(contains(found, part));
  }
  CHECK_FALSE(contains(found, "claims[1]"));  // nothing is known of an experiment that is wrong
}

TEST_CASE("manifest: an experiment file is none") {
  ManifestBench bench;
  CHECK_EQ(mistakes(bench, (bench.folder / "single.yaml").string()),
           "single.yaml:12:1: network: this is an experiment file, not a manifest, which has "
           "'experiments' and 'claims'; use 'nnrun run single.yaml'");
}

TEST_CASE("manifest: without validation samples there are no columns of them") {
  ManifestBench bench;
  const auto single = bench.folder / "single.yaml";
  write_bytes(single, with(read_bytes(single), "validation: 100", "validation: 0"));
  const auto found = mistakes(
      bench, bench.manifest("  - {name: x, text: t, experiment: single, quantity: {lowest: {of: "
                            "validation_loss}}, at_least: 1}\n"));
  CHECK(contains(found, "the run has no column 'validation_loss'"));
}

TEST_CASE("manifest: the shipped one is good, and every contested claim says why") {
  const auto manifest =
      load_manifest(std::string(NNRUN_SOURCE_DIR) + "/experiments/report.yaml", {});
  CHECK_GE(manifest.claims.size(), 50);
  CHECK_EQ(manifest.experiments.size(), 5);
}

}  // namespace nnrun
