#include "experiment/submission.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "base/time.h"
#include "experiment/csv.h"
#include "experiment/run_files.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostBytes = 64 << 20;
constexpr std::string_view kHeader = "job,offset,shares,tasks,submitted\n";
constexpr std::size_t kColumns = 5;
constexpr const char* kTables = "tables";  ///< in place of the tasks
constexpr std::size_t kMostIndex = 1'000'000'000;
constexpr std::size_t kMostTasks = 4'000'001;  ///< Slurm's own limit of an array

[[noreturn]] void refuse_file(const fs::path& path) {
  throw Error(printable(path.string()) + ": not as 'nnrun submit' writes it");
}

fs::path submission_file(const fs::path& folder) {
  return slurm_folder(folder) / "submission.json";
}
fs::path jobs_file(const fs::path& folder) { return slurm_folder(folder) / "jobs.csv"; }
fs::path cancelled_file(const fs::path& folder) { return slurm_folder(folder) / "cancelled"; }

std::optional<std::size_t> parse_index(const std::string& text) {
  const auto number = parse_integer(text);
  if (!number || *number < 0 || static_cast<std::size_t>(*number) > kMostIndex) return std::nullopt;
  return static_cast<std::size_t>(*number);
}

std::optional<SubmittedJob> parse_job(const std::string& line) {
  const auto cells = csv_cells(line);
  if (cells.size() != kColumns || !parse_integer(cells[0])) return std::nullopt;
  const auto offset = parse_index(cells[1]);
  const auto shares = parse_index(cells[2]);
  const auto tasks =
      cells[3] == kTables ? std::vector<std::size_t>{} : parse_index_ranges(cells[3]);
  if (!offset || !shares || !tasks) return std::nullopt;
  return SubmittedJob{cells[0], *offset, *shares, *tasks};
}

}  // namespace

fs::path slurm_folder(const fs::path& folder) { return folder / "slurm"; }

std::string probe_word(const fs::path& folder) {
  const fs::path path = slurm_folder(folder) / "probe";
  if (const auto word = read_file_if_there(path, kMostBytes, Links::kRefuse)) {
    std::string first = word->substr(0, word->find('\n'));
    if (!is_folder_name(first)) refuse_file(path);
    return first;
  }
  std::random_device random;
  std::string word = fmt::format("{:08x}{:08x}", random(), random());
  write_file(path, word + "\n");
  return word;
}

void write_submission(const fs::path& folder, const Submission& submission) {
  nlohmann::ordered_json json;
  json["experiments"] = submission.experiments;
  json["only"] = submission.choice.only;
  if (submission.choice.limit) json["limit"] = *submission.choice.limit;
  json["shares"] = submission.shares;
  write_file(submission_file(folder), json.dump(2) + "\n");
}

std::optional<Submission> read_submission(const fs::path& folder) {
  const fs::path path = submission_file(folder);
  const auto text = read_file_if_there(path, kMostBytes, Links::kRefuse);
  if (!text) return std::nullopt;
  try {
    const auto json = nlohmann::ordered_json::parse(*text);
    Submission submission;
    submission.experiments = json.at("experiments").get<std::vector<std::string>>();
    submission.choice.only = json.at("only").get<std::vector<std::string>>();
    if (json.contains("limit")) submission.choice.limit = json["limit"].get<std::size_t>();
    submission.shares = json.at("shares").get<std::size_t>();
    if (submission.shares == 0 || submission.shares > kMostIndex) refuse_file(path);
    return submission;
  } catch (const nlohmann::json::exception&) {
    refuse_file(path);
  }
}

void add_job(const fs::path& folder, const SubmittedJob& job) {
  std::string text = read_file_if_there(jobs_file(folder), kMostBytes, Links::kRefuse)
                         .value_or(std::string(kHeader));
  text += csv_line({job.job, std::to_string(job.offset), std::to_string(job.shares),
                    job.tasks.empty() ? kTables : index_ranges(job.tasks), now_utc()});
  write_file(jobs_file(folder), text);
}

std::vector<SubmittedJob> submitted_jobs(const fs::path& folder) {
  const fs::path path = jobs_file(folder);
  std::vector<SubmittedJob> jobs;
  std::istringstream lines(
      read_file_if_there(path, kMostBytes, Links::kRefuse).value_or(std::string(kHeader)));
  std::string line;
  std::getline(lines, line);
  if (line + "\n" != kHeader) refuse_file(path);
  while (std::getline(lines, line)) {
    auto job = parse_job(line);
    if (!job) refuse_file(path);
    jobs.push_back(*std::move(job));
  }
  return jobs;
}

std::set<std::string> cancelled_jobs(const fs::path& folder) {
  std::set<std::string> jobs;
  std::istringstream lines(
      read_file_if_there(cancelled_file(folder), kMostBytes, Links::kRefuse).value_or(""));
  for (std::string line; std::getline(lines, line);) jobs.insert(line);
  return jobs;
}

void add_cancelled(const fs::path& folder, const std::set<std::string>& jobs) {
  std::set<std::string> all = cancelled_jobs(folder);
  all.insert(jobs.begin(), jobs.end());
  write_file(cancelled_file(folder), fmt::format("{}\n", fmt::join(all, "\n")));
}

std::vector<QueuedTask> tasks_of(const std::vector<SubmittedJob>& jobs,
                                 const std::vector<QueuedTask>& queue) {
  std::set<std::string> ours;
  for (const SubmittedJob& job : jobs) ours.insert(job.job);
  std::vector<QueuedTask> tasks;
  for (const QueuedTask& task : queue) {
    if (ours.contains(task.job)) tasks.push_back(task);
  }
  return tasks;
}

std::map<std::size_t, QueuedTask> tasks_of_shares(const std::vector<SubmittedJob>& jobs,
                                                  const std::vector<QueuedTask>& queue,
                                                  std::size_t count) {
  std::map<std::string, QueuedTask> by_name;
  for (const QueuedTask& task : queue) by_name[task.name()] = task;
  std::map<std::size_t, QueuedTask>
      by_share;  // a later job's task takes the place of an earlier one
  for (const SubmittedJob& job : jobs) {
    if (job.shares != count) continue;
    for (const std::size_t index : job.tasks) {
      const QueuedTask ended{job.job, index, "", "", ""};
      const auto queued = by_name.find(ended.name());
      by_share[job.offset + index] = queued == by_name.end() ? ended : queued->second;
    }
  }
  return by_share;
}

std::string index_ranges(const std::vector<std::size_t>& indices) {
  std::string text;
  for (std::size_t first = 0, last = 0; first < indices.size(); first = ++last) {
    while (last + 1 < indices.size() && indices[last + 1] == indices[last] + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ",", indices[first]);
    if (last > first) text += fmt::format("-{}", indices[last]);
  }
  return text;
}

std::optional<std::vector<std::size_t>> parse_index_ranges(const std::string& text) {
  std::vector<std::size_t> indices;
  std::istringstream ranges(text);
  for (std::string range; std::getline(ranges, range, ',');) {
    const std::size_t dash = range.find('-');
    const auto first = parse_index(range.substr(0, dash));
    const auto last = dash == std::string::npos ? first : parse_index(range.substr(dash + 1));
    if (!first || !last || *last < *first || *last > kMostTasks) return std::nullopt;
    for (std::size_t index = *first; index <= *last; ++index) indices.push_back(index);
  }
  if (indices.empty()) return std::nullopt;
  return indices;
}

}  // namespace nnrun
