#include "experiment/clearing.h"

#include "experiment/bench.h"
#include "experiment/run_lock.h"

namespace nnrun {
namespace {

using namespace test;

namespace fs = std::filesystem;

/// Two runs of which the second diverges, and what a retry of it plans.
struct Retry {
  Retry()
      : text(with(with(with_rates("[0.5, 1.0e+38]", bench.folder), "loss: cross_entropy",
                       "loss: mean_squared_error"),
                  "  - softmax\n", "")),
        results(bench.folder / "results"),
        diverged(results / "tiny/learning_rate=1e+38") {
    bench.run(text);
    options.results = results;
    options.retry = {"diverged"};
    sweeps = load_sweeps({write_experiment(bench.folder, "tiny.yaml", text)}, {});
    plan = make_plan(sweeps, options, provenance(1));
    REQUIRE_EQ(plan.to_train.size(), 1);
  }

  Bench bench;
  std::string text;
  fs::path results;
  fs::path diverged;
  RunOptions options;
  std::vector<Sweep> sweeps;
  Plan plan;
};

TEST_CASE("clearing: what is to be trained once more is gone, and nothing else") {
  Retry retry;
  clear_away(retry.sweeps, retry.options, retry.plan);
  CHECK_FALSE(fs::exists(retry.diverged / "run.json"));
  CHECK(fs::exists(retry.results / "tiny/learning_rate=0.5/run.json"));
  CHECK(retry.plan.states[0][1].kind == RunState::Kind::kMissing);
}

TEST_CASE("clearing: what another nnrun has trained once more meanwhile stays") {
  Retry retry;
  retry.bench.run(retry.text, retry.options);
  const std::string json = read_bytes(retry.diverged / "run.json");
  clear_away(retry.sweeps, retry.options, retry.plan);
  CHECK_EQ(read_bytes(retry.diverged / "run.json"), json);
  CHECK(retry.plan.states[0][1].kind == RunState::Kind::kFinished);
}

TEST_CASE("clearing: what another nnrun is training once more is left to it") {
  Retry retry;
  const auto held = RunLock::try_hold(retry.diverged);
  REQUIRE(held);
  clear_away(retry.sweeps, retry.options, retry.plan);
  CHECK(fs::exists(retry.diverged / "run.json"));
}

TEST_CASE("clearing: --fresh takes nothing away when another nnrun trains one of the runs") {
  Retry retry;
  retry.options.retry.clear();
  retry.options.fresh = true;
  retry.plan = make_plan(retry.sweeps, retry.options, provenance(1));
  const auto held = RunLock::try_hold(retry.diverged);
  REQUIRE(held);
  CHECK(contains(error_of([&] { clear_away(retry.sweeps, retry.options, retry.plan); }),
                 "learning_rate=1e+38: cannot be replaced: process "));
  CHECK(fs::exists(retry.results / "tiny/learning_rate=0.5/run.json"));
}

}  // namespace
}  // namespace nnrun
