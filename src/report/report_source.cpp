#include "report/report_source.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "experiment/damage.h"
#include "experiment/metrics_csv.h"
#include "experiment/remark.h"
#include "experiment/run_files.h"
#include "experiment/run_json.h"
#include "experiment/run_lock.h"
#include "report/remarks.h"
#include "report/run_label.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(fs::symlink_status(path, error));
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(fs::symlink_status(path, error));
}

/// Whether anything has this name: also what is no file, or cannot be looked at.
bool is_there(const fs::path& path) {
  std::error_code error;
  const auto type = fs::symlink_status(path, error).type();
  return type != fs::file_type::not_found;
}

/// A folder in which a run was trained, or is.
bool is_run(const fs::path& folder) {
  return is_folder(folder) && (is_there(folder / "run.json") || is_file(folder / "metrics.csv"));
}

/// Its own name, also of "results/" and ".".
fs::path whole_path(const fs::path& folder) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(folder, error);
  return error ? folder : whole;
}

/// The whole lines of a file that another process may be writing.
std::string whole_lines(const fs::path& path) {
  std::string text = read_result(path);
  text.resize(text.rfind('\n') + 1);  // npos + 1 is 0
  return text;
}

/// The last row as the figures that a finished run would have.
void add_last_row(Curves& curves) {
  if (curves.values.empty() || curves.values.front().empty()) return;
  curves.figures["final_epoch"] = static_cast<double>(curves.values.front().size() - 1);
  for (std::size_t c = 0; c < curves.names.size(); ++c) {
    if (curves.names[c] == "learning_rate") continue;
    curves.figures["final_" + curves.names[c]] = curves.values[c].back();
  }
}

void read_unfinished(StoredRun& run) {
  run.status = is_file(run.folder / "checkpoint" / "state") ? "interrupted" : "not started";
  const std::string holder = RunLock::holder(run.folder);
  if (!holder.empty()) run.status = "in training";
  if (!is_file(run.folder / "metrics.csv")) return;
  if (run.status == "not started") run.status = "interrupted";
  run.curves = read_metrics(whole_lines(run.folder / "metrics.csv"), run.folder / "metrics.csv");
  if (run.status == "interrupted") {
    run.message = interruption(run.curves.values.empty() ? 0 : run.curves.values.front().size());
  }
  add_last_row(run.curves);
}

void read_ended(ReportRun& run) {
  const fs::path folder = run.stored.folder;
  run.facts = read_run_json(folder).value();
  if (run.facts["status"] == "failed") {
    run.stored.status = "failed";
    run.stored.message = failure(run.facts["message"].get<std::string>());
  } else {
    run.stored = read_stored_run(folder);
  }
}

ReportRun read_run(const fs::path& folder) {
  ReportRun run;
  run.stored.folder = folder;
  run.stored.experiment = whole_path(folder).parent_path().filename().string();
  run.stored.name = whole_path(folder).filename().string();
  try {
    is_there(folder / "run.json") ? read_ended(run) : read_unfinished(run.stored);
  } catch (const Error& error) {
    run.facts = nullptr;
    run.stored.status = "damaged";
    run.stored.message = error.what();
  }
  if (run.stored.fields.empty()) {
    for (const FieldText& field : fields_of(run.stored)) run.stored.fields.push_back(field.path);
  }
  return run;
}

std::vector<fs::path> folders_of(const ReportPart& part) {
  if (is_run(part.folder)) return {part.folder};
  std::vector<fs::path> folders;
  for (const std::string& run : part.runs) folders.push_back(part.folder / run);
  if (!folders.empty()) return folders;
  folders = listed_folders(part.folder);
  for (const fs::path& other : entries_of(part.folder)) {
    const bool known = std::find(folders.begin(), folders.end(), other) != folders.end();
    if (!known && is_run(other)) folders.push_back(other);
  }
  return folders;
}

/// An experiment's folder has runs in it.
bool is_experiment(const fs::path& folder) {
  const auto entries = entries_of(folder);
  return std::any_of(entries.begin(), entries.end(), is_run);
}

/// Experiments in the folder or below, and the outcomes that lie on the way. What cannot be looked into below is
/// told, and left out.
void collect(const fs::path& folder, int depth, std::vector<ReportPart>& parts,
             std::vector<fs::path>& outcomes) {
  if (is_file(folder / "claims.csv")) outcomes.push_back(folder);
  if (is_experiment(folder)) {
    parts.push_back({folder, {}});
  } else if (depth > 0) {
    for (const fs::path& entry : entries_of(folder)) {
      if (!is_folder(entry)) continue;
      try {
        collect(entry, depth - 1, parts, outcomes);
      } catch (const Error& error) {
        spdlog::warn("{}; left out", error.what());
      }
    }
  }
}

/// The experiments whose runs the runs.csv of an outcome lists: of rows that are whole.
std::vector<ReportPart> parts_of_outcome(const fs::path& folder) {
  std::vector<ReportPart> parts;
  const bool is_outcome =
      is_file(folder / "runs.csv") && read_result(folder / "runs.csv").starts_with("experiment,");
  if (!is_outcome) return parts;
  for (const fs::path& listed : listed_folders(folder)) {
    const fs::path run = listed.lexically_normal();
    const fs::path experiment = run.parent_path();
    if (!is_folder(experiment)) continue;
    if (parts.empty() || parts.back().folder != experiment) parts.push_back({experiment, {}});
    parts.back().runs.push_back(run.filename().string());
  }
  return parts;
}

Error nothing_there(const fs::path& folder) {
  std::error_code error;
  return Error(fmt::format(
      "{}: {}", printable(folder.string()),
      is_file(folder)             ? "a file; expected a folder of results, such as results/NAME"
      : fs::exists(folder, error) ? "no runs in this folder; expected the folder of a run, of an "
                                    "experiment or of all results"
                                  : "no such folder"));
}

}  // namespace

ReportExperiment read_report_experiment(const ReportPart& part) {
  ReportExperiment experiment;
  experiment.folder = is_run(part.folder) ? whole_path(part.folder).parent_path() : part.folder;
  experiment.name = whole_path(experiment.folder).filename().string();
  for (const fs::path& folder : folders_of(part)) experiment.runs.push_back(read_run(folder));
  std::vector<StoredRun*> stored;
  for (ReportRun& run : experiment.runs) stored.push_back(&run.stored);
  add_comparisons(stored);
  const fs::path yaml = experiment.folder / "experiment.yaml";
  constexpr std::size_t kLargest = 1U << 20U;
  try {
    if (is_file(yaml)) experiment.yaml = read_file(yaml, kLargest, Links::kRefuse);
  } catch (const Error& error) {
    spdlog::debug("{}", error.what());
  }
  for (const ReportRun& run : experiment.runs) {
    if (!run.facts.is_object()) continue;
    experiment.name = run.stored.experiment;
    experiment.description = run.facts["configuration"].value("description", "");
  }
  return experiment;
}

ReportSource read_report(const fs::path& folder) {
  ReportSource source;
  source.title = whole_path(folder).filename().string();
  std::vector<ReportPart> parts;
  if (is_run(folder)) {
    parts.push_back({folder, {}});
  } else {
    constexpr int kMostFolders = 2;  // RESULTS/MANIFEST/EXPERIMENT
    collect(folder, kMostFolders, parts, source.outcomes);
    if (parts.empty()) parts = parts_of_outcome(folder);
  }
  if (parts.empty()) throw nothing_there(folder);
  for (const ReportPart& part : parts) source.experiments.push_back(read_report_experiment(part));
  const StoredRun& first = source.experiments.front().runs.front().stored;
  if (is_run(folder) && first.status == "damaged") throw Damage(first.message);
  return source;
}

std::vector<StoredRun> stored_runs(const std::vector<ReportRun>& runs) {
  std::vector<StoredRun> stored;
  for (const ReportRun& run : runs) stored.push_back(run.stored);
  return stored;
}

}  // namespace nnrun
