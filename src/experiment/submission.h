// What `nnrun submit` keeps in DIR/slurm of the folder that it submits from.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "experiment/slurm.h"
#include "experiment/sweep.h"

namespace nnrun {

/// Which runs the shares are of: DIR/slurm/submission.json.
struct Submission {
  std::vector<std::string>
      experiments;  ///< their folders, seen from DIR: ".", or of a manifest "../task1_five"
  RunChoice choice;
  std::size_t shares = 1;
};

/// A row of DIR/slurm/jobs.csv.
struct SubmittedJob {
  std::string job;                 ///< Slurm's number
  std::size_t offset = 0;          ///< task I of it trains share offset + I
  std::size_t shares = 1;          ///< of so many
  std::vector<std::size_t> tasks;  ///< array indices; none of the job that writes the tables
};

/// DIR/slurm.
std::filesystem::path slurm_folder(const std::filesystem::path& folder);

/// The word in DIR/slurm/probe by which a node knows the folder; written where it is not there yet.
std::string probe_word(const std::filesystem::path& folder);

void write_submission(const std::filesystem::path& folder, const Submission& submission);
/// Nothing when nothing was submitted from this folder.
std::optional<Submission> read_submission(const std::filesystem::path& folder);

/// Adds a row to jobs.csv.
void add_job(const std::filesystem::path& folder, const SubmittedJob& job);
/// Writes down that jobs were cancelled: a line for each in DIR/slurm/cancelled.
void add_cancelled(const std::filesystem::path& folder, const std::set<std::string>& jobs);
std::set<std::string> cancelled_jobs(const std::filesystem::path& folder);

/// In the order in which they were submitted.
std::vector<SubmittedJob> submitted_jobs(const std::filesystem::path& folder);

/// Of a queue those tasks that the jobs are.
std::vector<QueuedTask> tasks_of(const std::vector<SubmittedJob>& jobs,
                                 const std::vector<QueuedTask>& queue);

/// The task of each share that was submitted, one of `count`: as the queue has it, or without a state when it has
/// ended.
std::map<std::size_t, QueuedTask> tasks_of_shares(const std::vector<SubmittedJob>& jobs,
                                                  const std::vector<QueuedTask>& queue,
                                                  std::size_t count);

/// Ascending numbers as sbatch's --array has them: "0-3,7".
std::string index_ranges(const std::vector<std::size_t>& indices);
/// The numbers again; nothing for text that is no such list.
std::optional<std::vector<std::size_t>> parse_index_ranges(const std::string& text);

}  // namespace nnrun
