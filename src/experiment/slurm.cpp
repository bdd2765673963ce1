#include "experiment/slurm.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <sstream>

#include "base/error.h"
#include "base/program.h"
#include "base/text.h"

namespace nnrun {

namespace {

/// Slurm's programs give up by themselves after nine seconds without the controller; a busy one answers late.
constexpr std::chrono::seconds kMostSeconds{60};
constexpr const char* kQueueFormat = "--format=%F|%K|%T|%N|%r";
constexpr std::size_t kQueueCells = 5;

/// Everything is as the user has set it: SLURM_CONF, SBATCH_ACCOUNT, and what the jobs are to see.
ProgramResult run_slurm(const std::vector<std::string>& words) {
  return run_program(words, "", whole_environment(), kMostSeconds);
}

/// Lines that a user may see, without blank ones at the end.
std::string shown(const std::string& text) {
  std::string all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) all += (all.empty() ? "" : "\n") + printable(line, 1000);
  }
  return all;
}

/// What may help where Slurm refuses.
std::string hint(const std::string& messages) {
  if (messages.find("configuration source") != std::string::npos ||
      messages.find("configuration file") != std::string::npos) {
    return "\nSlurm's programs have no configuration: is SLURM_CONF set as this cluster wants it?";
  }
  if (messages.find("controller") != std::string::npos ||
      messages.find("ontact") != std::string::npos) {
    return "\n'scontrol ping' tells whether the controller is up";
  }
  if (messages.find("partition") == std::string::npos) return {};
  const auto partitions = run_slurm({"sinfo", "--noheader", "--format=%R"});
  if (partitions.error != 0 || partitions.status != 0) return {};
  std::string names = shown(partitions.output);
  std::replace(names.begin(), names.end(), '\n', ' ');
  return "\npartitions here: " + names;
}

/// What the program writes; an Error with Slurm's own words when it fails.
std::string output_of(const std::vector<std::string>& words) {
  const auto result = run_slurm(words);
  const std::string& name = words.front();
  if (result.error != 0) throw system_error("run", name, ExitStatus::kBadInput);
  if (result.late) {
    throw Error(
        fmt::format("{} has not answered for {} s and was ended; 'scontrol ping' tells whether "
                    "the controller is up, 'squeue --me' what it has taken",
                    name, kMostSeconds.count()));
  }
  if (result.status != 0) {
    throw Error(shown(result.messages.empty() ? name + " failed" : result.messages) +
                hint(result.messages));
  }
  return result.output;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream rest(line);
  for (std::string cell; std::getline(rest, cell, '|');) cells.push_back(cell);
  return cells;
}

}  // namespace

bool has_slurm() { return run_slurm({"sbatch", "--version"}).error == 0; }

void require_slurm() {
  if (has_slurm()) return;
  throw Error(
      "no sbatch in PATH: Slurm is not installed here, or a module is to be loaded first. Without it, "
      "--print shows the batch script, and 'nnrun run FILE --shard I/N' trains one of N shares on any "
      "machine");
}

std::vector<QueuedTask> parse_queue(const std::string& output) {
  std::vector<QueuedTask> tasks;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const auto cells = cells_of(line);
    if (cells.size() != kQueueCells) continue;
    const auto task = parse_integer(cells[1]);
    tasks.push_back(
        {cells[0],
         task && *task >= 0 ? std::optional(static_cast<std::size_t>(*task)) : std::nullopt,
         cells[2], cells[3], cells[4]});
  }
  return tasks;
}

std::vector<QueuedTask> queued_tasks() {
  return parse_queue(output_of({"squeue", "--me", "--noheader", "--array", kQueueFormat}));
}

std::size_t largest_array() {
  constexpr std::string_view kName = "MaxArraySize";
  std::istringstream lines(output_of({"scontrol", "show", "config"}));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(kName)) continue;
    const auto number = parse_integer(line.substr(line.find_last_of(" =") + 1));
    if (number && *number > 0) return static_cast<std::size_t>(*number);
    throw Error("Slurm takes no job arrays here: " + printable(line));
  }
  throw Error("'scontrol show config' has no MaxArraySize");
}

std::string submit_job(const std::vector<std::string>& words) {
  std::vector<std::string> all = {"sbatch", "--parsable"};
  all.insert(all.end(), words.begin(), words.end());
  const std::string output = output_of(all);  // "12", or "12;cluster"
  std::string job = output.substr(0, output.find_first_of(";\n"));
  if (parse_integer(job).value_or(0) < 1)
    throw Error("sbatch has not told a job's number: " + printable(output));
  return job;
}

void cancel_jobs(const std::vector<std::string>& jobs) {
  std::vector<std::string> words = {"scancel"};
  words.insert(words.end(), jobs.begin(), jobs.end());
  output_of(words);
}

}  // namespace nnrun
