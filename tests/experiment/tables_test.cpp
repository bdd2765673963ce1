#include "experiment/tables.h"

#include "experiment/bench.h"

namespace nnrun {
namespace {

using namespace test;

ExperimentRows rows_of(const Bench& bench, const Sweep& sweep) {
  return {&sweep, run_rows(sweep, run_states(bench.folder / "results" / sweep.name, sweep)), ""};
}

TEST_CASE(
    "tables: the runs of several experiments stand in one table, fields of one empty elsewhere") {
  Bench bench;
  const std::string plain = with(tiny_experiment(bench.folder), "name: tiny", "name: plain");
  bench.run(plain);
  bench.run(with_rates("[0.5, 1]", bench.folder));
  const auto file = [&](const std::string& name, const std::string& text) {
    return write_experiment(bench.folder, name, text);
  };
  const auto sweeps = load_sweeps(
      {file("a.yaml", plain), file("b.yaml", with_rates("[0.5, 1, 2]", bench.folder))}, {});
  const std::string found = all_runs_csv({rows_of(bench, sweeps[0]), rows_of(bench, sweeps[1])});
  CHECK(found.starts_with("experiment,run,learning_rate,seed,status,final_epoch,"));
  CHECK(contains(found, ",message,path\nplain,run,,3,completed,3,"));
  CHECK(contains(found, ",,plain/run\ntiny,learning_rate=0.5,0.5,3,completed,3,"));
  CHECK(contains(found, "\ntiny,learning_rate=2,2,3,,,"));  // not trained
  CHECK(found.ends_with(",tiny/learning_rate=2\n"));
  CHECK_EQ(lines(found), 5);
}

TEST_CASE("tables: what was changed since its run ended is no row of epochs.csv") {
  Bench bench;
  const auto file = write_experiment(bench.folder, "tiny.yaml", tiny_experiment(bench.folder));
  const auto sweeps = load_sweeps({file}, {});
  const auto folder = bench.folder / "results/tiny";
  bench.run(tiny_experiment(bench.folder));
  const auto states = run_states(folder, sweeps[0]);
  const std::string before = bench.file("epochs.csv");
  const std::string rows = bench.file("run/metrics.csv");
  for (const std::string& changed :
       {rows.substr(0, rows.size() / 2), rows + "1\n", std::string()}) {
    write_bytes(folder / "run/metrics.csv", changed);
    CHECK(contains(error_of([&] { write_tables(folder, sweeps[0], states); }),
                   "run/metrics.csv: changed since it was written"));
    CHECK_EQ(bench.file("epochs.csv"), before);
  }
}

TEST_CASE("tables: one that cannot be written ends no run") {
  Bench bench;
  std::filesystem::create_directories(bench.folder / "results/tiny/epochs.csv");
  const std::string text =
      with(with_rates("[0.5, 1]", bench.folder), "epochs: 3", "epochs: [2, 3]");
  const Witness witness = bench.run(text + "batch_size: [30, full]\n");
  CHECK(bench.status == ExitStatus::kRunFailed);
  CHECK_EQ(witness.outcomes.size(), 8);
  CHECK_EQ(witness.failure, "");
}

}  // namespace
}  // namespace nnrun
