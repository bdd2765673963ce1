#include "report/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/file.h"
#include "base/file_lock.h"
#include "base/text.h"
#include "experiment/run_files.h"
#include "experiment/run_state.h"
#include "experiment/tables.h"
#include "report/claims_text.h"
#include "report/draw.h"
#include "report/markdown.h"
#include "report/output_table.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

class OutcomeWriter {
 public:
  OutcomeWriter(const Manifest& manifest, const Judgements& judgements, const fs::path& results,
                bool draw)
      : manifest_(manifest),
        judgements_(judgements),
        results_(results),
        folder_(results / manifest.name),
        draw_(draw) {}

  Outcomes write() {
    check_outcome(manifest_, results_);
    create_folder(folder_, ExitStatus::kRunFailed);
    const FileLock lock =
        FileLock::hold(folder_ / ".lock");  // two nnrun would write the same files
    read_states();
    write_file(folder_ / "runs.csv", all_runs_csv(rows_));
    if (!manifest_.claims.empty()) {
      write_file(folder_ / "claims.csv", claims_csv(manifest_, judgements_));
    }
    if (draw_) draw_figures();
    outcomes_.page = folder_ / "README.md";
    write_file(outcomes_.page, page());
    return std::move(outcomes_);
  }

 private:
  void read_states() {
    for (const ManifestExperiment& experiment : manifest_.experiments) {
      states_.push_back(run_states(results_ / experiment.folder, experiment.sweep));
      const std::string parent = manifest_.parent.empty() ? "../" : "";
      rows_.push_back({&experiment.sweep, run_rows(experiment.sweep, states_.back()), parent});
    }
  }

  void draw_figures() {
    const fs::path folder = folder_ / "figures";
    for (const Figure& figure : manifest_.figures) {
      try {
        draw_figure(figure, runs_of(figure), folder, {ImageFormat::kSvg, ImageFormat::kPng});
        drawn_.push_back(&figure);
      } catch (const Error& error) {
        outcomes_.missing.push_back({figure.name, error.what()});
        remove_figure(folder, figure.name);
      }
    }
  }

  /// What an earlier call drew is not of these results.
  static void remove_figure(const fs::path& folder, const std::string& name) {
    std::error_code ignored;
    for (const char* extension : {".svg", ".png"}) fs::remove(folder / (name + extension), ignored);
  }

  std::vector<StoredRun> runs_of(const Figure& figure) const {
    std::vector<StoredRun> runs;
    const auto found =
        std::find_if(manifest_.experiments.begin(), manifest_.experiments.end(),
                     [&](const auto& each) { return each.key == figure.experiment; });
    const auto& states = states_[static_cast<std::size_t>(found - manifest_.experiments.begin())];
    for (std::size_t r = 0; r < states.size(); ++r) {
      const std::string& name = found->sweep.runs[r].folder;
      const bool named = figure.runs.empty() || std::find(figure.runs.begin(), figure.runs.end(),
                                                          name) != figure.runs.end();
      if (!named) continue;
      if (states[r].kind != RunState::Kind::kFinished) {
        throw Error(fmt::format("{} {} is not finished", found->key, name));
      }
      runs.push_back(read_stored_run(results_ / found->folder / name));
    }
    return runs;
  }

  std::string page() const {
    std::string text = fmt::format("# {}\n\n", manifest_.name);
    if (!manifest_.description.empty()) {
      text += markdown_text(manifest_.description) + "\n\n";
    }
    text += fmt::format("Made by `nnrun batch {}", printable(manifest_.source.string()));
    for (const std::string& override : manifest_.overrides) {
      text += " --set " + printable(override);
    }
    text += "`.\n";
    if (!manifest_.claims.empty()) {
      text += "\n## Claims\n\n" + claims_markdown(manifest_, judgements_);
    }
    if (!drawn_.empty()) text += "\n## Figures\n\n";
    for (const Figure* figure : drawn_) {
      const std::string title = markdown_text(figure->title);
      text += fmt::format("Figure {}: {}\n\n![{}](figures/{}.svg)\n\n", figure->name, title, title,
                          figure->name);
    }
    return text + "\n## Runs\n\n" + runs_table();
  }

  /// The figures that most runs have; runs.csv has them all.
  std::string runs_table() const {
    const std::vector<std::string> shown = {"final_train_loss",
                                            "final_train_accuracy",
                                            "final_validation_loss",
                                            "final_validation_accuracy",
                                            "test_loss",
                                            "test_accuracy",
                                            "convergence_epoch"};
    std::vector<std::string> header = {"experiment", "run", "status"};
    header.insert(header.end(), shown.begin(), shown.end());
    std::vector<bool> numbers(header.size(), true);
    std::fill_n(numbers.begin(), 3, false);
    std::string text = markdown_header(header, numbers);
    for (const auto& [sweep, rows, parent] : rows_) {
      for (std::size_t r = 0; r < rows.size(); ++r) {
        std::vector<std::string> cells = {sweep->name, rows[r].run,
                                          rows[r].status.empty() ? "not finished" : rows[r].status};
        for (const std::string& column : shown) {
          cells.push_back(figure_cell(rows[r].figure(sweep->runs[r], column)));
        }
        text += markdown_row(cells);
      }
    }
    return text;
  }

  static std::string figure_cell(const std::string& text) {
    const auto value = parse_real(text);
    return !value || parse_integer(text) ? text : rounded_figure(*value, kFigureDigits);
  }

  const Manifest& manifest_;
  const Judgements& judgements_;
  const fs::path& results_;
  fs::path folder_;
  bool draw_;
  std::vector<std::vector<RunState>> states_;  ///< of each experiment's runs
  std::vector<ExperimentRows> rows_;
  std::vector<const Figure*> drawn_;
  Outcomes outcomes_;
};

}  // namespace

void check_outcome(const Manifest& manifest, const fs::path& results) {
  const fs::path folder = results / manifest.name;
  check_writable(folder);
  check_writable(folder / "figures");
  std::error_code error;
  if (!fs::exists(folder / "experiment.yaml", error)) return;
  throw Error(printable(folder.string()) +
              ": has the results of an experiment; give the manifest another name");
}

Outcomes write_outcome(const Manifest& manifest, const Judgements& judgements,
                       const fs::path& results, bool draw) {
  return OutcomeWriter(manifest, judgements, results, draw).write();
}

}  // namespace nnrun
