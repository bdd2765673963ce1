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

}  // namespace
}  // namespace nnrun
