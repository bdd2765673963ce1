#include "report/manifest.h"

#include "report/manifests.h"

namespace nnrun {

using namespace test;

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

TEST_CASE("manifest: the shipped one is good, and every contested claim says why") {
  const auto manifest = load_manifest(NNRUN_SOURCE_DIR "/experiments/report.yaml", {});
  CHECK_GE(manifest.claims.size(), 50);
  CHECK_EQ(manifest.experiments.size(), 5);
}

}  // namespace nnrun
