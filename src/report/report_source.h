// What a page is made of: the runs of one or several experiments as their folders say now, finished or not.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "experiment/run_status.h"
#include "experiment/stored_run.h"

namespace nnrun {

struct ReportRun {
  /// With status "not started", "in training", "interrupted", "damaged" or "failed" where it is not
  /// finished; then the settings are missing, and the curves are what is there of them.
  StoredRun stored;
  nlohmann::ordered_json facts;  ///< run.json, where it is whole; else null

  bool finished() const { return ended_well(stored.status) || stored.status == "diverged"; }
};

struct ReportExperiment {
  std::string name;
  std::string description;
  std::filesystem::path folder;
  std::string yaml;  ///< experiment.yaml; empty where it is not written yet
  std::vector<ReportRun> runs;
};

struct ReportSource {
  std::string title;
  std::vector<ReportExperiment> experiments;
  std::vector<std::filesystem::path> outcomes;  ///< folders with the claims.csv of `nnrun batch`
};

/// Where an experiment is, and the names of runs that it is to have: none where its folder says it.
struct ReportPart {
  std::filesystem::path folder;
  std::vector<std::string> runs;
};

/// Reads what is there of an experiment's runs, or of the one run whose folder is given. Never fails for a
/// file that is missing or damaged: its run says so.
ReportExperiment read_report_experiment(const ReportPart& part);

/// Reads a run, an experiment, a folder of experiments, or what `nnrun batch` made of some. Throws an Error
/// where there is no run, and for a single run that is damaged.
ReportSource read_report(const std::filesystem::path& folder);

/// Runs without what is only in their files: what labels and tables are made of.
std::vector<StoredRun> stored_runs(const std::vector<ReportRun>& runs);

}  // namespace nnrun
