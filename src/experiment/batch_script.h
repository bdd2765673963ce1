// The batch script of a job array that trains the shares of an experiment on a Slurm cluster.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nnrun {

/// What is submitted. All paths are absolute.
struct BatchJob {
  std::string name;                 ///< of the experiment or the manifest
  std::vector<std::string> sbatch;  ///< further options of sbatch: "--partition=cpu"
  std::filesystem::path program;    ///< nnrun
  std::filesystem::path working;    ///< where it was submitted: data/ is looked for there
  std::string data_folder;          ///< NNRUN_DATA_DIR; empty: not set
  std::filesystem::path folder;     ///< RESULTS/NAME, with slurm/ in it
  std::filesystem::path results;    ///< where the experiments' folders lie
  std::vector<std::string> files;   ///< resolved experiment files
  std::vector<std::string> choice;  ///< words for nnrun run: "--only", "seed=1"
  std::string kernel;               ///< of the submitting host
  std::size_t shares = 1;
  bool sharded = true;  ///< false: one task trains all, as a search with rungs has it
  /// The words of the command that writes tables, and whatever is made of them, when all tasks have ended.
  std::vector<std::string> ending;
};

/// The script, readable, and the same for the same job. Throws an Error for a path or an option that cannot stand in
/// such a script.
std::string batch_script(const BatchJob& job);

}  // namespace nnrun
