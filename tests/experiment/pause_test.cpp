// Runs that are paused in the results tree: what they leave, and how they go on.
#include "experiment/bench.h"
#include "experiment/checkpoint.h"
#include "experiment/group_writers.h"
#include "experiment/loaded_data.h"
#include "experiment/run_json.h"
#include "experiment/tree_files.h"

namespace nnrun {

using namespace test;

namespace {

namespace fs = std::filesystem;

/// Two runs of eight epochs with a state of every kind.
std::string experiment(const TemporaryFolder& folder, const std::string& more) {
  std::string text =
      with_rates("[{reduce_on_plateau: {from: 0.5, patience: 1, factor: 0.5}}, 0.3]", folder);
  text = with(text, "  - softmax\n",
              "  - relu\n  - dropout: {rate: 0.3}\n  - dense: {units: 3}\n  - softmax\n");
  text = with(text, "epochs: 3", "epochs: 8");
  return text + "optimizer: momentum\nkeep_best: train_accuracy\n" + more;
}

const char* const kRules =
    "stop: {early: {metric: validation_loss, patience: 2, min_delta: 0.05, restore: best}}\n";

/// Trains the runs of a sweep up to a pause, as the runner does.
class Pauses {
 public:
  Pauses(const Bench& bench, const std::string& text)
      : results_(bench.folder / "results"),
        sweeps_(load_sweeps({write_experiment(bench.folder, "tiny.yaml", text)}, {})) {
    fs::create_directories(results_ / "tiny");
  }

  void train_to(std::size_t pause, Witness& witness) {
    std::vector<std::vector<RunState>> states = {run_states(results_ / "tiny", sweeps_[0])};
    std::vector<HeldRun> group;
    for (std::size_t r = 0; r < sweeps_[0].runs.size(); ++r) {
      auto lock = RunLock::try_hold(results_ / "tiny" / sweeps_[0].runs[r].folder);
      REQUIRE(lock);
      group.push_back({{0, r}, std::move(*lock), pause});
    }
    const Provenance program = provenance(1);
    GroupWriters writers(sweeps_, results_, group, program, states, witness);
    const Experiment& first = sweeps_[0].runs[0].experiment;
    LoadedData loaded;
    const Data& data = loaded.load(first.data);
    train(data, first.feed, writers.start(data.files), states[0][0].position, Pool(1), writers);
  }
  void train_to(std::size_t pause) {
    Witness witness;
    train_to(pause, witness);
    CHECK_EQ(witness.failure, "");
  }

  RunState state(std::size_t run) const {
    return run_state(results_ / "tiny", sweeps_[0].runs[run]);
  }
  fs::path folder(std::size_t run) const { return results_ / "tiny" / sweeps_[0].runs[run].folder; }

 private:
  fs::path results_;
  std::vector<Sweep> sweeps_;
};

TEST_CASE("pause: what is gone on with ends in the files of one run in one go") {
  for (const std::string& more : {std::string(), std::string("batch_size: 80\n"),
                                  std::string(kRules), kRules + std::string("batch_size: 80\n")}) {
    CAPTURE(more);
    Bench whole;
    whole.run(experiment(whole.folder, more));
    Bench bench;
    Pauses pauses(bench, experiment(bench.folder, more));
    for (const std::size_t pause : {1, 3, 0}) {
      pauses.train_to(pause);
      if (more.empty()) CHECK_EQ(pauses.state(0).paused_at.value_or(0), pause);
    }
    Pauses once(whole, experiment(whole.folder, more));
    for (const std::size_t run : {0, 1}) {
      CHECK(files(pauses.folder(run)) == files(once.folder(run)));
      CHECK_FALSE(fs::exists(checkpoint_folder(pauses.folder(run))));
    }
  }
}

TEST_CASE("pause: a paused run is finished, and keeps its checkpoint") {
  Bench bench;
  const std::string text = experiment(bench.folder, "");
  Pauses pauses(bench, text);
  pauses.train_to(2);
  const RunState state = pauses.state(1);
  CHECK(state.kind == RunState::Kind::kFinished);
  CHECK_EQ(state.status, "stopped_early");
  CHECK_EQ(state.message, "paused at epoch 2 of 8");
  CHECK_EQ(state.paused_at, 2);
  CHECK(state.position == Position{2, 0, 2});
  CHECK(fs::exists(checkpoint_file(pauses.folder(1))));
  CHECK_EQ(bench.run(text).trained, 2);  // no search wants it to stay there
  CHECK_EQ(pauses.state(1).status, "completed");
}

TEST_CASE("pause: killed while it goes on, it is a run that was interrupted") {
  Bench whole;
  whole.run(experiment(whole.folder, kRules));
  Bench bench;
  const std::string text = experiment(bench.folder, kRules);
  Pauses pauses(bench, text);
  pauses.train_to(1);
  Witness witness;
  witness.crash_after = 1;
  CHECK_THROWS_AS(pauses.train_to(3, witness), Crash);
  CHECK(pauses.state(1).kind == RunState::Kind::kInterrupted);
  CHECK_FALSE(pauses.state(1).paused_at.has_value());
  CHECK_FALSE(fs::exists(pauses.folder(0) / "run.json"));
  CHECK_FALSE(fs::exists(pauses.folder(0) / "weights_best"));
  CHECK_EQ(bench.run(text).failure, "");
  Pauses once(whole, experiment(whole.folder, kRules));
  CHECK(files(pauses.folder(0)) == files(once.folder(0)));
}

TEST_CASE("pause: without a whole checkpoint it begins anew") {
  Bench whole;
  whole.run(experiment(whole.folder, ""));
  Bench bench;
  Pauses pauses(bench, experiment(bench.folder, ""));
  for (const bool there : {true, false}) {
    pauses.train_to(2);
    for (const std::size_t run : {0, 1}) {
      const fs::path file = checkpoint_file(pauses.folder(run));
      there ? static_cast<void>(write_bytes(file, "torn")) : static_cast<void>(fs::remove(file));
    }
    CHECK(pauses.state(0).kind == RunState::Kind::kFinished);
    CHECK_EQ(pauses.state(0).paused_at, 2);
    CHECK(pauses.state(0).position == Position{});
  }
  pauses.train_to(0);
  Pauses once(whole, experiment(whole.folder, ""));
  CHECK(files(pauses.folder(0)) == files(once.folder(0)));
}

}  // namespace
}  // namespace nnrun
