#include "report/claim.h"

#include "report/manifests.h"

namespace nnrun {

using namespace test;

TEST_CASE("claim: another quantity is of the claim's own run unless it says so") {
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

TEST_CASE("claim: every mistake in a claim is told with its place") {
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
       "14:15: claims[0].at_least: expected a real number, or {experiment: …, run: …, quantity: …}, got "
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
       "quantity, near, at_least, at_most, more_than, less_than, before, after, status, reason"},
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

TEST_CASE("claim: without validation samples there are no columns of them") {
  ManifestBench bench;
  const auto single = bench.folder / "single.yaml";
  write_bytes(single, with(read_bytes(single), "validation: 100", "validation: 0"));
  const auto found = mistakes(
      bench, bench.manifest("  - {name: x, text: t, experiment: single, quantity: {lowest: {of: "
                            "validation_loss}}, at_least: 1}\n"));
  CHECK(contains(found, "the run has no column 'validation_loss'"));
}

}  // namespace nnrun
