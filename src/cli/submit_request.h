// What `nnrun submit` is asked for, and what is to be submitted of it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/command.h"
#include "experiment/batch_script.h"
#include "experiment/submission.h"

namespace nnrun {

/// The arguments of `nnrun submit`.
struct SubmitArguments {
  std::string file;
  std::vector<std::string> overrides;
  ManyRuns many = ManyRuns::kRefuse;
  RunChoice choice;
  std::filesystem::path results = "results";
  std::string partition;
  std::string time;
  std::string memory;
  std::size_t cpus = 0;
  std::size_t array_limit = 0;  ///< 0: as many tasks at once as there is room for
  std::size_t runs_per_task = 0;
  std::vector<std::string> sbatch;
  bool print = false;

  void declare(CLI::App& app);
};

/// What is to be submitted.
struct SubmitRequest {
  std::vector<Sweep> sweeps;
  std::filesystem::path shown;  ///< RESULTS/NAME as the user writes it
  RunOptions options;           ///< with the folder in which the experiments' folders lie
  Submission submission;
  BatchJob job;
};

/// Reads the files and expands them. Throws an Error with every mistake.
SubmitRequest read_request(const SubmitArguments& arguments);

}  // namespace nnrun
