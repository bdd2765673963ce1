// Pages of `nnrun report` that follow the training.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "experiment/runner.h"
#include "report/report_source.h"

namespace nnrun {

/// A page, and the experiments that are in it.
struct LivePage {
  std::filesystem::path file;
  std::string title;
  std::vector<ReportPart> parts;
  /// At the end it shows mistakes of the best runs, which takes a look at their data.
  bool with_mistakes = true;
};

/// A page for each sweep: RESULTS/NAME/report.html.
std::vector<LivePage> pages_of(const std::vector<Sweep>& sweeps,
                               const std::filesystem::path& results);
/// One page of them all, to be written once more by whom adds verdicts: without mistakes.
LivePage page_of_all(const std::vector<Sweep>& sweeps, const std::filesystem::path& results,
                     const std::filesystem::path& file);

/// Passes on to `told` what it is told, and rewrites the pages from the results tree: every five seconds, or
/// less often where that would take more than a fiftieth of the time; and at the end. A page that cannot be
/// written is a warning: no run fails for it.
class LiveReport final : public RunObserver {
 public:
  LiveReport(std::vector<LivePage> pages, RunObserver& told, std::size_t threads)
      : pages_(std::move(pages)), told_(told), threads_(threads) {}
  /// Writes the pages as they stay.
  ~LiveReport() override { write(Refresh::kNo); }
  LiveReport(const LiveReport&) = delete;
  LiveReport& operator=(const LiveReport&) = delete;
  LiveReport(LiveReport&&) = delete;
  LiveReport& operator=(LiveReport&&) = delete;

  void planned(const Plan& plan) override;
  void started(const std::vector<RunRef>& group) override { told_.started(group); }
  void record(RunRef run, const EpochRecord& record) override;
  void finished(RunRef run, const Outcome& outcome) override { told_.finished(run, outcome); }
  void failed(const std::vector<RunRef>& group, const std::string& why) override {
    told_.failed(group, why);
  }
  void waiting(const std::vector<RunRef>& runs, const std::string& holder) override {
    told_.waiting(runs, holder);
  }
  void finished_elsewhere(RunRef run) override { told_.finished_elsewhere(run); }
  void promoted(const std::vector<RunRef>& runs, std::size_t epoch) override {
    told_.promoted(runs, epoch);
  }
  void saved(RunRef run, const Position& position) override { told_.saved(run, position); }
  void warned(RunRef run, const std::string& text) override { told_.warned(run, text); }

 private:
  using Clock = std::chrono::steady_clock;
  enum class Refresh { kNo, kYes };

  void write(Refresh refresh) noexcept;
  void write(const LivePage& page, Refresh refresh);
  Clock::duration interval() const;

  std::vector<LivePage> pages_;
  RunObserver& told_;
  std::size_t threads_;
  bool planned_ = false;
  bool warned_ = false;
  Clock::time_point written_;
  Clock::duration took_{};
};

}  // namespace nnrun
