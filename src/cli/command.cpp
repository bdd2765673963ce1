#include "cli/command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/interrupt.h"
#include "base/ranks.h"
#include "base/tell.h"
#include "base/text.h"
#include "cli/log.h"
#include "experiment/rank_work.h"
#include "experiment/table_writer.h"
#include "math/kernel_choice.h"
#include "report/progress.h"

namespace nnrun {

namespace {

constexpr std::int64_t kMostLimit = 1'000'000'000;

/// What is wrong with a number from 1 to `most`, or nothing. CLI11 alone would take 0x2 and 010 for numbers.
std::string count_mistake(const std::string& text, std::int64_t most) {
  const auto number = parse_integer(text);
  if (number && *number >= 1 && *number <= most) return {};
  return fmt::format("expected a whole number from 1 to {}, got '{}'", most, printable(text));
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands = {
      run_command(),       batch_command(),     check_command(),   plan_command(),
      describe_command(),  gradcheck_command(), find_lr_command(), verify_command(),
      compare_command(),   diff_command(),      plot_command(),    report_command(),
      eval_command(),      submit_command(),    status_command(),  cancel_command(),
      list_command(),      schema_command(),    doctor_command(),  man_command(),
      completion_command()};
  return kCommands;
}

void FileArguments::declare(CLI::App& app) {
  app.add_option("FILE", files, "experiment files")->required();
  declare_overrides(app, overrides,
                    "set any field, such as --set epochs=100 or --set "
                    "network.0.dense.units=[16,64]; repeatable");
}

void declare_yes(CLI::App& app, ManyRuns& many) {
  app.add_flag_callback(
      "--yes", [&many] { many = ManyRuns::kAllow; },
      fmt::format("go on with files of more than {} runs", kMostRunsUnasked));
}

void declare_choice(CLI::App& app, RunChoice& choice) {
  app.add_option("--only", choice.only,
                 "only the runs with these values, such as learning_rate=0.7,seed=2; repeatable")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_option_function<std::string>(
         "--limit",
         [&choice](const std::string& text) {
           choice.limit = static_cast<std::size_t>(parse_integer(text).value_or(1));
         },
         "only the first N runs of each file")
      ->type_name("N")
      ->check([](const std::string& text) { return count_mistake(text, kMostLimit); });
}

CLI::Option* declare_share(CLI::App& app, std::optional<RunShare>& share) {
  return app
      .add_option_function<std::string>(
          "--shard", [&share](const std::string& text) { share = parse_share(text); },
          "only share I, counted from 0, of N near-equal shares of the runs of all files; every process "
          "comes to the same shares")
      ->type_name("I/N")
      ->check([](const std::string& text) { return share_mistake(text); });
}

bool is_empty_share(const std::vector<Sweep>& sweeps, const std::optional<RunShare>& share) {
  const auto has_chosen = [](const Sweep& sweep) {
    return std::any_of(sweep.runs.begin(), sweep.runs.end(),
                       [](const Run& run) { return run.chosen; });
  };
  if (!share || std::any_of(sweeps.begin(), sweeps.end(), has_chosen)) return false;
  if (!ranks().is_first()) return true;
  tell(fmt::format("share {}/{} has no runs: there are more shares than runs\n", share->index,
                   share->count));
  return true;
}

void SweepArguments::declare(CLI::App& app) {
  input.declare(app);
  declare_choice(app, choice);
  declare_share(app, share);
  declare_yes(app, many);
}

std::vector<Sweep> SweepArguments::load() const {
  auto sweeps = load_sweeps(input.files, input.overrides, many);
  choose(sweeps, choice);
  if (share) choose_share(sweeps, *share);
  return sweeps;
}

void ManifestArguments::declare(CLI::App& app) {
  app.add_option("MANIFEST", file, "a file with experiments, figures and claims")->required();
  declare_overrides(app, overrides,
                    "set a field of every experiment, such as --set epochs=100; repeatable");
}

void declare_overrides(CLI::App& app, std::vector<std::string>& overrides,
                       const std::string& description) {
  app.add_option("--set", overrides, description)->type_name("PATH=VALUE")->allow_extra_args(false);
}

void declare_results_folder(CLI::App& app, std::filesystem::path& results) {
  app.add_option("--results", results, "folder of the results tree")
      ->type_name("DIR")
      ->check([](const std::string& folder) {
        return folder.empty() ? "expected a folder, got empty text" : std::string();
      })
      ->capture_default_str();
}

void declare_results(CLI::App& app, RunOptions& options) {
  declare_results_folder(app, options.results);
  app.add_flag("--fresh", options.fresh, "train again what is finished, replacing it");
}

void declare_treatment(CLI::App& app, RunOptions& options) {
  app.add_option("--retry", options.retry,
                 "train anew what ended so: failed, diverged or damaged; repeatable")
      ->type_name("STATUS")
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"failed", "diverged", "damaged"}));
  app.add_flag("--allow-different-build", options.allow_different_build,
               "go on with runs that another build or kernel began; their bits may differ");
}

CLI::Option* declare_count(CLI::App& app, const std::string& name, std::size_t& count,
                           std::int64_t most, const std::string& description) {
  return app.add_option(name, count, description)
      ->type_name("N")
      ->check([most](const std::string& text) { return count_mistake(text, most); });
}

void declare_threads(CLI::App& app, RunOptions& options) {
  constexpr std::int64_t kMost = 1024;
  declare_count(app, "--threads", options.threads, kMost,
                "threads; the results do not depend on it (default: all cores)");
}

void TrainingArguments::declare(CLI::App& app) {
  app.add_flag("--only-tables", only_tables,
               "train nothing: write the tables, and what else comes last, over what is there")
      ->excludes(app.get_option("--shard"));
  declare_results(app, options);
  declare_threads(app, options);
  declare_kernel(app);
  declare_treatment(app, options);
  app.add_flag("--fail-fast", options.fail_fast, "stop at the first run that fails");
  app.add_flag("--allow-swap", options.allow_swap,
               "go on where more memory is needed than there is ('nnrun plan' shows both)");
  auto* only_errors = app.add_flag("-q,--quiet", quiet, "print nothing but errors");
  app.add_flag("-v,--verbose", verbose, "tell on standard error what is done and how long it takes")
      ->excludes(only_errors);
  app.add_flag("--no-progress", no_progress, "no live display: one line for each run");
  app.add_flag("--report", report,
               "write the page of 'nnrun report', anew every few seconds while runs are trained");
  app.add_option("--log-file", log_file, "tell the same as -v at the end of this file")
      ->type_name("FILE");
}

ExitStatus TrainingArguments::train(const std::vector<Sweep>& sweeps,
                                    const std::vector<LivePage>& pages) const {
  if (verbose) make_log_verbose();
  if (!log_file.empty() && ranks().is_first()) log_to_file(log_file);
  stop_on_signals(quiet || !ranks().is_first());
  compare_ranks(sweeps, provenance(1));
  if (only_tables) {
    if (ranks().is_first()) write_all_tables(sweeps, options.results);
    return ExitStatus::kDone;
  }
  if (!ranks().is_first()) return train_along(sweeps, options);
  Progress progress(sweeps, verbose ? Progress::Mode::kLog : progress_mode(quiet, no_progress));
  LiveReport live(report ? pages : std::vector<LivePage>{}, progress, options.threads);
  const ExitStatus status = run_sweeps(sweeps, options, live);
  return status == ExitStatus::kDone && !is_log_whole() ? ExitStatus::kRunFailed : status;
}

void declare_kernel(CLI::App& app) {
  app.add_option_function<std::string>(
         "--kernel", [](const std::string& name) { use_kernels(name); },
         "instruction set of the inner loops; the last bits of results depend on it (default: the "
         "first that this processor has; 'nnrun doctor' names it)")
      ->type_name("NAME")
      ->check(CLI::IsMember(all_kernel_names()))
      ->check([](const std::string& name) {
        const auto runnable = kernel_names();
        if (std::find(runnable.begin(), runnable.end(), name) != runnable.end())
          return std::string();
        return fmt::format("this processor cannot run {}; it runs {}", name,
                           fmt::join(runnable, ", "));
      });
}

void declare_format(CLI::App& app, OutputFormat& format) {
  app.add_option_function<std::string>(
         "--format", [&format](const std::string& name) { format = output_format(name); },
         "how the table is written (default: " + output_format_names().front() + ")")
      ->type_name("NAME")
      ->check(CLI::IsMember(output_format_names()));
}

}  // namespace nnrun
