#include "report/progress.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <string_view>

#include "base/tell.h"
#include "base/text.h"
#include "experiment/remark.h"
#include "experiment/summary.h"
#include "report/output_table.h"

namespace nnrun {

namespace {

constexpr std::size_t kMostLines = 12;
constexpr std::chrono::milliseconds kBetweenPaintings{150};

std::size_t terminal_columns() {
  constexpr std::size_t kUsual = 80;
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kUsual;
}

/// The first `columns` code points.
std::string cut(const std::string& text, std::size_t columns) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool leads = (static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U;
    if (leads && seen++ == columns) return text.substr(0, i);
  }
  return text;
}

/// A measure's value, "–" where it has none.
std::string value_text(const Model& model, const std::vector<double>& values, std::size_t measure) {
  const double value = values[measure];
  if (std::isnan(value) && model.may_be_undefined(measure)) return "–";
  return rounded_figure(value, kFigureDigits);
}

std::string measures_text(const Model& model, const EpochRecord& record) {
  const auto names = model.measures();
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += fmt::format("  {} {}", names[i], value_text(model, record.train, i));
    if (!record.validation.empty()) text += " / " + value_text(model, record.validation, i);
  }
  return text;
}

}  // namespace

Progress::Mode progress_mode(bool quiet, bool no_progress) {
  if (quiet) return Progress::Mode::kQuiet;
  const char* terminal = std::getenv("TERM");
  const bool capable = terminal != nullptr && std::string_view(terminal) != "dumb";
  const bool live = !no_progress && capable && ::isatty(STDERR_FILENO) == 1;
  return live ? Progress::Mode::kLive : Progress::Mode::kLines;
}

void Progress::planned(const Plan& plan) {
  goals_ = plan.goals;
  for (const RunRef& ref : plan.to_train) epochs_planned_ += static_cast<double>(goal_of(ref));
  if (!plan.skipped.empty()) {
    say(fmt::format("{} of {} runs are finished already and are skipped", plan.skipped.size(),
                    plan.skipped.size() + plan.failed.size() + plan.to_train.size()));
  }
  for (const RunRef& ref : plan.failed) {
    erase();
    spdlog::error("{} failed before: {} (--retry failed trains it anew)", name(ref),
                  plan.states[ref.sweep][ref.run].message);
  }
  for (const RunRef& ref : plan.to_train) {
    const RunState& state = plan.states[ref.sweep][ref.run];
    if (state.kind != RunState::Kind::kInterrupted) continue;
    epochs_planned_ -= static_cast<double>(state.position.epoch);
    say(fmt::format("{}: goes on at epoch {} of {}", name(ref), state.position.epoch,
                    run_of(ref).experiment.epochs));
  }
}

void Progress::promoted(const std::vector<RunRef>& runs, std::size_t epoch) {
  for (const RunRef& ref : runs) {
    std::size_t& goal = goals_[ref.sweep][ref.run];
    epochs_planned_ += static_cast<double>(epoch - goal);
    goal = epoch;
  }
  say(fmt::format("{} to epoch {}: {}{}",
                  runs.size() == 1 ? "1 run goes on" : counted(runs.size(), "run") + " go on",
                  epoch, name(runs.front()), runs.size() == 1 ? "" : ", …"));
}

void Progress::started(const std::vector<RunRef>& group) {
  if (mode_ != Mode::kLines && mode_ != Mode::kLog) return;
  std::vector<std::string> experiments;
  for (const RunRef& run : group) {
    const std::string& name = run_of(run).experiment.name;
    if (experiments.empty() || experiments.back() != name) experiments.push_back(name);
  }
  say(fmt::format("training {} of {}", counted(group.size(), "run"), fmt::join(experiments, ", ")));
}

void Progress::record(RunRef run, const EpochRecord& record) {
  running_[run] = record;
  if (record.epoch > 0) epochs_done_ += 1;
  if (mode_ == Mode::kLive && Clock::now() - last_paint_ > kBetweenPaintings) paint();
}

void Progress::finished(RunRef run, const Outcome& outcome) {
  // A run that goes on after its last row has told of none.
  const EpochRecord last = running_[run];
  const Model& model = run_of(run).experiment.model;
  epochs_planned_ -= static_cast<double>(goal_of(run)) - static_cast<double>(outcome.last_epoch);
  running_.erase(run);
  if (outcome.diverged) {
    say(name(run) + ": " + divergence(outcome));
    return;
  }
  std::string test;
  const auto names = model.measures();
  for (std::size_t i = 0; i < outcome.test.size(); ++i) {
    test += fmt::format("{} {}", i == 0 ? "  test " + names[i] : ", " + names[i],
                        value_text(model, outcome.test, i));
  }
  const std::string why = outcome.paused            ? ", paused"
                          : outcome.stopped.empty() ? ""
                                                    : ", stopped: " + outcome.stopped;
  say(fmt::format("{}: {} epochs:{}{}{}", name(run), outcome.last_epoch, measures_text(model, last),
                  test, why));
}

void Progress::failed(const std::vector<RunRef>& group, const std::string& why) {
  for (const RunRef& ref : group) running_.erase(ref);
  erase();
  const std::string more =
      group.size() == 1 ? std::string() : fmt::format(" and {} more", group.size() - 1);
  spdlog::error("{}{} failed: {}", name(group.front()), more, why);
}

void Progress::waiting(const std::vector<RunRef>& runs, const std::string& holder) {
  const std::string more =
      runs.size() == 1 ? std::string() : fmt::format(" and {} more", runs.size() - 1);
  say(fmt::format("waiting for {}{}, in training elsewhere: {}", name(runs.front()), more, holder));
}

void Progress::finished_elsewhere(RunRef run) {
  forget(run);
  say(name(run) + ": finished by another nnrun");
}

void Progress::saved(RunRef run, const Position& position) {
  forget(run);
  say(fmt::format("{}: saved at epoch {} of {}; the same command goes on from there", name(run),
                  position.epoch, run_of(run).experiment.epochs));
}

void Progress::warned(RunRef run, const std::string& text) {
  erase();
  spdlog::warn("{}: {}", name(run), text);
}

void Progress::forget(RunRef run) {
  epochs_planned_ -= static_cast<double>(goal_of(run));
  running_.erase(run);
}

std::string Progress::name(RunRef ref) const {
  const std::string& experiment = sweeps_[ref.sweep].name;
  const Run& run = run_of(ref);
  return run.fields.empty() ? experiment : experiment + "/" + run.folder;
}

std::string Progress::line(RunRef ref, const EpochRecord& record) const {
  const Experiment& experiment = run_of(ref).experiment;
  return fmt::format("{}  epoch {}/{}{}", name(ref), record.epoch, experiment.epochs,
                     measures_text(experiment.model, record));
}

std::string Progress::time_left() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
  if (epochs_done_ == 0) return "…";
  return duration(seconds / epochs_done_ * (epochs_planned_ - epochs_done_));
}

void Progress::say(const std::string& text) {
  spdlog::info("{}", text);
  if (mode_ == Mode::kQuiet || mode_ == Mode::kLog) return;
  erase();
  tell(text + "\n");
}

void Progress::erase() {
  if (painted_ > 0) tell(fmt::format("\x1b[{}A\r\x1b[J", painted_));
  painted_ = 0;
}

void Progress::paint() {
  erase();
  const std::size_t columns = terminal_columns();
  std::string text;
  for (const auto& [ref, record] : running_) {
    if (painted_ == kMostLines) break;
    text += cut(line(ref, record), columns - 1) + "\n";
    ++painted_;
  }
  const std::string more = running_.size() > painted_
                               ? fmt::format("and {} more runs, ", running_.size() - painted_)
                               : std::string();
  text += cut(fmt::format("{}train / validation, {} left", more, time_left()), columns - 1) + "\n";
  ++painted_;
  tell(text);
  last_paint_ = Clock::now();
}

}  // namespace nnrun
