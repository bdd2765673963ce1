// Slurm, by its own programs: sbatch, squeue, scontrol, sinfo and scancel.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace nnrun {

/// A task of a job array, or a job, as squeue has it.
struct QueuedTask {
  std::string job;                  ///< the array's number, or the job's own
  std::optional<std::size_t> task;  ///< in the array; none of a job that is no array
  std::string state;                ///< "PENDING", "RUNNING", …
  std::string node;
  std::string reason;  ///< why it is not running, in Slurm's words

  std::string name() const { return task ? job + "_" + std::to_string(*task) : job; }
};

/// Whether its programs are in PATH.
bool has_slurm();

/// Throws an Error that says what works without it, unless it is there.
void require_slurm();

/// This user's jobs that wait or run, array tasks one by one.
std::vector<QueuedTask> queued_tasks();

/// The largest array that the controller takes (MaxArraySize): indices are below it.
std::size_t largest_array();

/// Submits a script: the words are what sbatch is given. Returns the job's number.
std::string submit_job(const std::vector<std::string>& words);

void cancel_jobs(const std::vector<std::string>& jobs);

/// What queued_tasks() makes of squeue's output.
std::vector<QueuedTask> parse_queue(const std::string& output);

}  // namespace nnrun
