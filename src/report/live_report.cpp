#include "report/live_report.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "report/html_report.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kInterval{5};
constexpr int kShare = 50;  // of the time is a page's at most

ReportPart part_of(const Sweep& sweep, const fs::path& results) {
  ReportPart part{results / sweep.name, {}};
  for (const Run& run : sweep.runs) part.runs.push_back(run.folder);
  return part;
}

}  // namespace

std::vector<LivePage> pages_of(const std::vector<Sweep>& sweeps, const fs::path& results) {
  std::vector<LivePage> pages;
  for (const Sweep& sweep : sweeps) {
    pages.push_back(
        {results / sweep.name / "report.html", sweep.name, {part_of(sweep, results)}, true});
  }
  return pages;
}

LivePage page_of_all(const std::vector<Sweep>& sweeps, const fs::path& results,
                     const fs::path& file) {
  LivePage page{file, file.parent_path().filename().string(), {}, false};
  for (const Sweep& sweep : sweeps) page.parts.push_back(part_of(sweep, results));
  return page;
}

void LiveReport::planned(const Plan& plan) {
  told_.planned(plan);
  planned_ = true;
  write(Refresh::kYes);
}

void LiveReport::record(RunRef run, const EpochRecord& record) {
  told_.record(run, record);
  if (Clock::now() - written_ >= interval()) write(Refresh::kYes);
}

LiveReport::Clock::duration LiveReport::interval() const {
  return std::max<Clock::duration>(kInterval, kShare * took_);
}

void LiveReport::write(Refresh refresh) noexcept {
  if (!planned_) return;  // nothing was begun: what is there stays
  const auto began = Clock::now();
  try {
    for (const LivePage& page : pages_) write(page, refresh);
  } catch (const std::exception& error) {
    if (!std::exchange(warned_, true)) {
      spdlog::warn("the page is not written: {}", error.what());
    }
  }
  written_ = Clock::now();
  took_ = written_ - began;
}

void LiveReport::write(const LivePage& page, Refresh refresh) {
  ReportSource source{page.title, {}, {}};
  bool unfinished = false;
  for (const ReportPart& part : page.parts) {
    source.experiments.push_back(read_report_experiment(part));
    const auto& runs = source.experiments.back().runs;
    unfinished = unfinished || std::any_of(runs.begin(), runs.end(),
                                           [](const ReportRun& run) { return !run.finished(); });
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(interval()).count();
  const bool refreshes = refresh == Refresh::kYes && unfinished;
  create_folder(page.file.parent_path(), ExitStatus::kRunFailed);
  PageOptions options;
  if (refreshes) options.refresh = static_cast<int>(seconds);
  options.mistakes = page.with_mistakes && refresh == Refresh::kNo && stop_signal() == 0;
  options.threads = threads_;
  write_named_file(page.file, html_report(source, options));
}

}  // namespace nnrun
