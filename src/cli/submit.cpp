#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <set>

#include "base/file.h"
#include "base/tell.h"
#include "base/text.h"
#include "cli/command.h"
#include "config/yaml.h"
#include "experiment/batch_script.h"
#include "experiment/provenance.h"
#include "experiment/run_files.h"
#include "experiment/submission.h"
#include "report/outcome.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMostCount = 1'000'000;
/// Larger sweeps have tasks of several runs, unless the user says how many: a queue is not to be flooded.
constexpr std::size_t kMostTasksUnasked = 256;

struct Arguments {
  std::string file;
  std::vector<std::string> overrides;
  ManyRuns many = ManyRuns::kRefuse;
  RunChoice choice;
  fs::path results = "results";
  std::string partition;
  std::string time;
  std::string memory;
  std::size_t cpus = 0;
  std::size_t array_limit = 0;  ///< 0: as many tasks at once as there is room for
  std::size_t runs_per_task = 0;
  std::vector<std::string> sbatch;
  bool print = false;
};

/// What is to be submitted.
struct Request {
  std::vector<Sweep> sweeps;
  fs::path shown;      ///< RESULTS/NAME as the user writes it
  RunOptions options;  ///< with the folder in which the experiments' folders lie
  Submission submission;
  BatchJob job;
};

/// Words that nnrun is to be given again.
void add_options(std::vector<std::string>& words, const char* name,
                 const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    words.emplace_back(name);
    words.push_back(value);
  }
}

std::vector<std::string> choice_words(const Arguments& arguments) {
  std::vector<std::string> words;
  add_options(words, "--only", arguments.choice.only);
  if (arguments.choice.limit)
    add_options(words, "--limit", {std::to_string(*arguments.choice.limit)});
  if (arguments.many == ManyRuns::kAllow) words.emplace_back("--yes");
  return words;
}

std::vector<std::string> sbatch_options(const Arguments& arguments) {
  std::vector<std::string> options;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) options.push_back(fmt::format("--{}={}", name, value));
  };
  add("partition", arguments.partition);
  add("time", arguments.time);
  add("mem", arguments.memory);
  if (arguments.cpus > 0) add("cpus-per-task", std::to_string(arguments.cpus));
  options.insert(options.end(), arguments.sbatch.begin(), arguments.sbatch.end());
  return options;
}

std::size_t share_count(const std::vector<Sweep>& sweeps, std::size_t runs_per_task) {
  if (has_rungs(sweeps)) return 1;
  const std::size_t runs = runs_by_group(sweeps).size();
  const auto pieces = [&](std::size_t size) { return (runs + size - 1) / size; };
  return std::max<std::size_t>(
      pieces(runs_per_task > 0 ? runs_per_task : pieces(kMostTasksUnasked)), 1);
}

/// The experiments, and what writes the tables in the end.
void read_experiment(const Arguments& arguments, Request& request) {
  request.sweeps = load_sweeps({arguments.file}, arguments.overrides, arguments.many);
  choose(request.sweeps, arguments.choice);
  request.job.name = request.sweeps.front().name;
  request.options.results = fs::absolute(arguments.results).lexically_normal();
  request.submission.experiments = {"."};
}

void read_manifest(const Arguments& arguments, Request& request) {
  if (!arguments.choice.only.empty() || arguments.choice.limit) {
    throw Error(printable(arguments.file) +
                ": --only and --limit choose runs of an experiment file; this is a manifest");
  }
  const Manifest manifest = load_manifest(arguments.file, arguments.overrides);
  check_outcome(manifest, arguments.results);
  request.sweeps = sweeps_of(manifest);
  request.job.name = manifest.name;
  const fs::path results = fs::absolute(arguments.results).lexically_normal();
  request.options.results = results / manifest.parent;
  for (const Sweep& sweep : request.sweeps) {
    const fs::path folder = request.options.results / sweep.name;
    request.submission.experiments.push_back(
        folder.lexically_relative(results / manifest.name).string());
  }
  auto& ending = request.job.ending;
  ending = {"batch", fs::absolute(arguments.file).lexically_normal().string()};
  add_options(ending, "--set", arguments.overrides);
}

Request read_request(const Arguments& arguments) {
  Request request;
  BatchJob& job = request.job;
  const bool manifest = is_manifest(arguments.file);
  manifest ? read_manifest(arguments, request) : read_experiment(arguments, request);
  job.working = fs::current_path();
  job.program = fs::read_symlink("/proc/self/exe");
  const char* data = std::getenv("NNRUN_DATA_DIR");
  if (data != nullptr && *data != '\0') job.data_folder = fs::absolute(data).lexically_normal();
  const fs::path results = fs::absolute(arguments.results).lexically_normal();
  job.folder = results / job.name;
  job.results = request.options.results;
  for (const Sweep& sweep : request.sweeps) {
    job.files.push_back((job.results / sweep.name / "experiment.yaml").string());
  }
  if (!manifest) job.ending = {"run", job.files.front()};
  if (arguments.many == ManyRuns::kAllow && !manifest) job.ending.emplace_back("--yes");
  add_options(job.ending, "--results", {results.string()});
  job.ending.emplace_back("--only-tables");
  job.sbatch = sbatch_options(arguments);
  job.choice = choice_words(arguments);
  job.kernel = provenance(1).kernel;
  job.sharded = !has_rungs(request.sweeps);
  job.shares = share_count(request.sweeps, arguments.runs_per_task);
  request.submission.choice = arguments.choice;
  request.submission.shares = job.shares;
  request.shown = arguments.results / job.name;
  return request;
}

/// A share that has something to be trained, and how many runs that are.
std::map<std::size_t, std::size_t> unfinished_shares(const Request& request, const Plan& plan) {
  const std::set<RunRef> to_train(plan.to_train.begin(), plan.to_train.end());
  const auto shares = run_shares(request.sweeps, request.job.shares);
  std::map<std::size_t, std::size_t> unfinished;
  for (std::size_t share = 0; share < shares.size(); ++share) {
    for (const RunRef& run : shares[share]) unfinished[share] += to_train.contains(run) ? 1 : 0;
  }
  std::erase_if(unfinished, [](const auto& each) { return each.second == 0; });
  return unfinished;
}

fs::path script_file(const Request& request) { return slurm_folder(request.job.folder) / "job.sh"; }

bool has_content(const fs::path& path, const std::string& content) {
  return read_file_if_there(path, content.size() + 1, Links::kRefuse) == content;
}

/// Whether the folder has what was submitted from it unchanged: the same shares of the same runs.
bool is_submitted_so(const Request& request, const std::string& script) {
  if (!has_content(script_file(request), script)) return false;
  for (std::size_t s = 0; s < request.sweeps.size(); ++s) {
    if (!has_content(request.job.files[s], to_yaml(request.sweeps[s].resolved))) return false;
  }
  return true;
}

/// Takes out the shares that are in the queue already, and says how many. Throws an Error when what is queued is
/// of another file or has other options: it would find other runs in its shares.
std::size_t leave_out_queued(const Request& request, const std::string& script,
                             std::map<std::size_t, std::size_t>& unfinished) {
  const auto jobs = submitted_jobs(request.job.folder);
  const auto queue = jobs.empty() ? std::vector<QueuedTask>{} : tasks_of(jobs, queued_tasks());
  if (queue.empty()) return 0;
  if (!is_submitted_so(request, script)) {
    throw Error(fmt::format(
        "{0}: job {1} of it is still in the queue, of another file or with other options; "
        "'nnrun cancel {0}' takes it away, 'nnrun status {0}' shows it",
        printable(request.shown.string()), queue.front().job));
  }
  std::size_t left_out = 0;
  for (const auto& [share, task] : tasks_of_shares(jobs, queue, request.job.shares)) {
    if (!task.state.empty()) left_out += unfinished.erase(share);
  }
  return left_out;
}

/// What is not submitted: "2 of 7 runs finished, 3 tasks in the queue already".
std::string left_out_text(const Request& request, const Plan& plan, std::size_t queued) {
  std::string text = fmt::format("{} of {} finished", plan.skipped.size(),
                                 counted(runs_by_group(request.sweeps).size(), "run"));
  if (!plan.failed.empty()) {
    text += fmt::format(", {} failed ('nnrun run --retry failed' trains those anew)",
                        plan.failed.size());
  }
  if (queued > 0) text += fmt::format(", {} in the queue already", counted(queued, "task"));
  return text;
}

/// experiment.yaml of each experiment, as run writes it, and slurm/.
void write_files(const Request& request, const std::string& script) {
  for (std::size_t s = 0; s < request.sweeps.size(); ++s) {
    const fs::path file = request.job.files[s];
    create_folder(file.parent_path(), ExitStatus::kBadInput);
    const std::string content = to_yaml(request.sweeps[s].resolved);
    if (!has_content(file, content)) write_file(file, content);
  }
  const fs::path folder = slurm_folder(request.job.folder);
  check_no_link(folder);
  create_folder(folder, ExitStatus::kBadInput);
  write_file(script_file(request), script);
  write_submission(request.job.folder, request.submission);
}

/// The array, or several where the controller takes no larger ones. Returns the jobs' numbers.
std::vector<std::string> submit_shares(const Request& request, std::size_t array_limit,
                                       const std::map<std::size_t, std::size_t>& unfinished) {
  const std::size_t most = largest_array();
  const std::string word = probe_word(request.job.folder);
  std::vector<std::string> jobs;
  for (auto share = unfinished.begin(); share != unfinished.end();) {
    SubmittedJob job{"", share->first / most * most, request.job.shares, {}};
    std::size_t runs = 0;
    for (; share != unfinished.end() && share->first < job.offset + most; ++share) {
      job.tasks.push_back(share->first - job.offset);
      runs += share->second;
    }
    std::string array = "--array=" + index_ranges(job.tasks);
    if (array_limit > 0) array += fmt::format("%{}", array_limit);
    std::vector<std::string> words = {array, script_file(request).string(),
                                      std::to_string(job.offset), word};
    // The limit is of all of them together.
    if (array_limit > 0 && !jobs.empty())
      words.insert(words.begin(), "--dependency=afterany:" + jobs.back());
    job.job = submit_job(words);
    add_job(request.job.folder, job);
    jobs.push_back(job.job);
    fmt::print("job {}: {}, {}\n", job.job, counted(job.tasks.size(), "task"),
               counted(runs, "run"));
  }
  return jobs;
}

/// The job that comes last. With afterok a task that fails would let it wait for ever.
void submit_tables(const Request& request, const std::vector<std::string>& jobs) {
  const std::string job =
      submit_job({fmt::format("--dependency=afterany:{}", fmt::join(jobs, ":")),
                  fmt::format("--output={}/%j.log", slurm_folder(request.job.folder).string()),
                  script_file(request).string(), "tables", probe_word(request.job.folder)});
  add_job(request.job.folder, {job, 0, request.job.shares, {}});
  fmt::print("job {}: the tables and report.html, when all tasks have ended\n", job);
}

ExitStatus submit(const Arguments& arguments) {
  Request request = read_request(arguments);
  const std::string script = batch_script(request.job);
  if (arguments.print) {
    fmt::print("{}", script);
    return ExitStatus::kDone;
  }
  require_slurm();
  request.options.threads = 1;
  request.options.allow_swap = true;  // the nodes' memory is not this machine's
  const Plan plan = prepare_sweeps(request.sweeps, request.options);
  auto unfinished = unfinished_shares(request, plan);
  const std::size_t queued = leave_out_queued(request, script, unfinished);
  const std::string left_out = left_out_text(request, plan, queued);
  if (unfinished.empty()) {
    fmt::print("nothing to submit: {}\n", left_out);
    return ExitStatus::kDone;
  }
  if (queued + plan.skipped.size() + plan.failed.size() > 0) tell(left_out + "\n");
  write_files(request, script);
  submit_tables(request, submit_shares(request, arguments.array_limit, unfinished));
  fmt::print(
      "script and logs: {0}/slurm\n"
      "nnrun status {0}    how far it is\n"
      "nnrun cancel {0}    take it out of the queue\n",
      printable(request.shown.string()));
  return ExitStatus::kDone;
}

void declare_slurm(CLI::App& app, Arguments& arguments) {
  app.add_option("--partition", arguments.partition, "Slurm's partition (default: the cluster's)")
      ->type_name("NAME");
  app.add_option(
         "--time", arguments.time,
         "time limit of a task, such as 2:00:00; near it a task saves and queues itself again")
      ->type_name("TIME");
  declare_count(app, "--cpus", arguments.cpus, kMostCount, "processors of a task: nnrun's threads");
  app.add_option("--mem", arguments.memory, "memory of a task, such as 2G")->type_name("SIZE");
  declare_count(app, "--array-limit", arguments.array_limit, kMostCount,
                "no more tasks at once (default: what the cluster has room for)");
  declare_count(
      app, "--runs-per-task", arguments.runs_per_task, kMostCount,
      "runs of a task; those that share their data are trained in lockstep (default: 1, or as many "
      "as make 256 tasks)");
  app.add_option("--sbatch", arguments.sbatch,
                 "a further option for sbatch, such as --sbatch=--account=lab; repeatable")
      ->type_name("OPTION")
      ->allow_extra_args(false);
  app.add_flag("--print", arguments.print, "show the batch script; write and submit nothing");
}

}  // namespace

Command submit_command() {
  return {
      "submit", "train the runs of an experiment or a manifest as a job array on a Slurm cluster",
      "Examples:\n"
      "  nnrun submit configs/task3_lr_sweep.yaml\n"
      "  nnrun submit configs/task3_lr_sweep.yaml --partition cpu --time 2:00:00 --cpus 4 --mem 2G\n"
      "  nnrun submit experiments/report.yaml --runs-per-task 8 --array-limit 20\n"
      "  nnrun submit configs/task3_lr_sweep.yaml --sbatch=--account=lab --sbatch=--nice\n"
      "  nnrun submit configs/task3_lr_sweep.yaml --print\n\n"
      "RESULTS/NAME/slurm/job.sh is what is submitted, RESULTS/NAME must be on a file system that all\n"
      "nodes share. Only what is not finished is submitted: after a failure submit again. A last job\n"
      "writes the tables and report.html. A search that stops trials at rungs is one task. 'nnrun\n"
      "status' shows how far it is, 'nnrun cancel' takes it back. Without Slurm: 'nnrun run --shard'.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<Arguments>();
        app.add_option("FILE", arguments->file, "an experiment file or a manifest")->required();
        declare_overrides(app, arguments->overrides,
                          "set any field, such as --set epochs=100; repeatable");
        declare_choice(app, arguments->choice);
        declare_yes(app, arguments->many);
        declare_slurm(app, *arguments);
        declare_results_folder(app, arguments->results);
        declare_kernel(app);
        return [arguments] { return submit(*arguments); };
      }};
}

}  // namespace nnrun
