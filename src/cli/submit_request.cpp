#include "cli/submit_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "experiment/provenance.h"
#include "report/manifest.h"
#include "report/outcome.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// Why an option cannot be handed on to sbatch, or nothing.
std::string sbatch_mistake(const std::string& option) {
  if (option.size() < 2 || option[0] != '-') {
    return fmt::format("expected an option of sbatch such as --account=lab, got '{}'",
                       printable(option));
  }
  const std::string name = option.substr(0, option.find('='));
  for (const char* own :
       {"--array", "-a", "--dependency", "-d", "--output", "-o", "--wrap", "--parsable"}) {
    if (name == own) return fmt::format("'nnrun submit' sets {} itself", name);
  }
  return {};
}

constexpr std::int64_t kMostCount = 1'000'000;
/// Larger sweeps have tasks of several runs, unless the user says how many: a queue is not to be flooded.
constexpr std::size_t kMostTasksUnasked = 256;

/// Words that nnrun is to be given again.
void add_options(std::vector<std::string>& words, const char* name,
                 const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    words.emplace_back(name);
    words.push_back(value);
  }
}

std::vector<std::string> choice_words(const SubmitArguments& arguments) {
  std::vector<std::string> words;
  add_options(words, "--only", arguments.choice.only);
  if (arguments.choice.limit)
    add_options(words, "--limit", {std::to_string(*arguments.choice.limit)});
  if (arguments.many == ManyRuns::kAllow) words.emplace_back("--yes");
  return words;
}

std::vector<std::string> sbatch_options(const SubmitArguments& arguments) {
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
void read_experiment(const SubmitArguments& arguments, SubmitRequest& request) {
  request.sweeps = load_sweeps({arguments.file}, arguments.overrides, arguments.many);
  choose(request.sweeps, arguments.choice);
  request.job.name = request.sweeps.front().name;
  request.options.results = fs::absolute(arguments.results).lexically_normal();
  request.submission.experiments = {"."};
}

void read_manifest(const SubmitArguments& arguments, SubmitRequest& request) {
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

/// What goes to sbatch.
void declare_slurm(CLI::App& app, SubmitArguments& arguments) {
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
      ->allow_extra_args(false)
      ->check(sbatch_mistake);
}

}  // namespace

void SubmitArguments::declare(CLI::App& app) {
  app.add_option("FILE", file, "an experiment file or a manifest")->required();
  declare_overrides(app, overrides, "set any field, such as --set epochs=100; repeatable");
  declare_choice(app, choice);
  declare_yes(app, many);
  declare_slurm(app, *this);
  app.add_flag("--print", print, "show the batch script; write and submit nothing");
  declare_results_folder(app, results);
  declare_kernel(app);
}

SubmitRequest read_request(const SubmitArguments& arguments) {
  SubmitRequest request;
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

}  // namespace nnrun
