// Runs tiny experiments in a folder of their own, and remembers what was done.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "experiment/runner.h"
#include "tiny_experiment.h"

namespace nnrun::test {

/// Thrown by a witness: nothing in nnrun catches it, as nothing could catch a kill.
struct Crash {};

/// Remembers which runs were planned and how they ended.
class Witness final : public RunObserver {
 public:
  void planned(const Plan& plan) override {
    skipped = plan.skipped.size();
    kept_failed = plan.failed.size();
    trained = plan.to_train.size();
    if (once_planned) once_planned();
  }
  void warned(RunRef /*run*/, const std::string& text) override { warning = text; }
  void started(const std::vector<RunRef>& group) override { groups.push_back(group.size()); }
  void record(RunRef /*run*/, const EpochRecord& /*record*/) override {
    if (++records == crash_after) throw Crash{};
  }
  void finished(RunRef /*run*/, const Outcome& outcome) override { outcomes.push_back(outcome); }
  void failed(const std::vector<RunRef>& /*group*/, const std::string& why) override {
    failure = why;
  }

  std::size_t skipped = 0;
  std::size_t kept_failed = 0;
  std::size_t trained = 0;
  std::size_t records = 0;
  std::size_t crash_after = 0;         ///< records; 0: never
  std::function<void()> once_planned;  ///< what somebody else does before the first run is taken
  std::vector<std::size_t> groups;
  std::vector<Outcome> outcomes;
  std::string failure;
  std::string warning;
};

struct Bench {
  Bench() { write_tiny_data(folder); }

  Witness run(const std::string& text, RunOptions options = {},
              std::function<void()> once_planned = {}) {
    options.results = folder / "results";
    const auto file = write_experiment(folder, "tiny.yaml", text);
    Witness witness;
    witness.once_planned = std::move(once_planned);
    status = run_sweeps(load_sweeps({file}, {}), options, witness);
    return witness;
  }
  /// Runs until so many records were written, and no further.
  void crash(const std::string& text, std::size_t records, RunOptions options = {}) {
    options.results = folder / "results";
    const auto file = write_experiment(folder, "tiny.yaml", text);
    Witness witness;
    witness.crash_after = records;
    CHECK_THROWS_AS(run_sweeps(load_sweeps({file}, {}), options, witness), Crash);
  }
  std::string file(const std::string& name) const {
    return read_bytes(folder / ("results/tiny/" + name));
  }

  TemporaryFolder folder;
  ExitStatus status = ExitStatus::kDone;
};

inline std::string with(std::string text, const std::string& old, const std::string& replacement) {
  const auto at = text.find(old);
  REQUIRE_NE(at, std::string::npos);
  return text.replace(at, old.size(), replacement);
}

inline std::string with_rates(const std::string& rates, const TemporaryFolder& folder) {
  return with(tiny_experiment(folder), "learning_rate: 0.5", "learning_rate: " + rates);
}

inline std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace nnrun::test
