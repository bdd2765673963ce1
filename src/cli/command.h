// A command of nnrun, and the options that several of them share.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "experiment/runner.h"
#include "experiment/shares.h"
#include "report/live_report.h"
#include "report/output_format.h"

namespace nnrun {

struct Command {
  std::string name;
  std::string summary;   ///< one line of `nnrun --help`
  std::string examples;  ///< at the end of `nnrun NAME --help`
  /// Declares the command's arguments and returns what to do once they are parsed.
  std::function<std::function<ExitStatus()>(CLI::App&)> declare;
};

/// Every command, in the order of `nnrun --help`.
const std::vector<Command>& commands();

Command run_command();
Command batch_command();
Command check_command();
Command plan_command();
Command describe_command();
Command gradcheck_command();
Command verify_command();
Command list_command();
Command schema_command();
Command compare_command();
Command diff_command();
Command doctor_command();
Command plot_command();
Command report_command();
Command eval_command();
Command find_lr_command();
Command submit_command();
Command status_command();
Command cancel_command();
Command man_command();
Command completion_command();

/// Experiment files with overrides: what most commands start from.
struct FileArguments {
  std::vector<std::string> files;
  std::vector<std::string> overrides;

  void declare(CLI::App& app);
};

/// `--yes`: more runs than anybody writes by mistake.
void declare_yes(CLI::App& app, ManyRuns& many);

/// `--only`, `--limit`.
void declare_choice(CLI::App& app, RunChoice& choice);

/// `--shard`.
CLI::Option* declare_share(CLI::App& app, std::optional<RunShare>& share);

/// Experiment files of which some of the runs may be meant.
struct SweepArguments {
  FileArguments input;
  ManyRuns many = ManyRuns::kRefuse;
  RunChoice choice;
  std::optional<RunShare> share;

  void declare(CLI::App& app);
  /// The sweeps, with the runs that are meant chosen. Throws an Error with all mistakes.
  std::vector<Sweep> load() const;
};

/// A manifest with overrides.
struct ManifestArguments {
  std::string file;
  std::vector<std::string> overrides;

  void declare(CLI::App& app);
};

/// `--set`, with what it is said to do.
void declare_overrides(CLI::App& app, std::vector<std::string>& overrides,
                       const std::string& description);

/// `--results`.
void declare_results_folder(CLI::App& app, std::filesystem::path& results);

/// `--results`, `--fresh`.
void declare_results(CLI::App& app, RunOptions& options);

/// `--retry`, `--allow-different-build`: what is done with runs that are there.
void declare_treatment(CLI::App& app, RunOptions& options);

/// A plain decimal number from 1 to `most`.
CLI::Option* declare_count(CLI::App& app, const std::string& name, std::size_t& count,
                           std::int64_t most, const std::string& description);

/// `--threads`: a plain decimal number.
void declare_threads(CLI::App& app, RunOptions& options);

/// What commands that train have in common.
struct TrainingArguments {
  RunOptions options;
  bool only_tables = false;  ///< train nothing
  bool quiet = false;
  bool no_progress = false;
  bool verbose = false;
  bool report = false;
  std::string log_file;  ///< empty: none

  /// `--results`, `--fresh`, `--threads`, `--kernel`, `--fail-fast`, `--retry`, `-q`, `-v` and their like.
  void declare(CLI::App& app);
  /// Trains what the results tree lacks, and shows how it goes on standard error; with `--report` in these
  /// pages too.
  ExitStatus train(const std::vector<Sweep>& sweeps, const std::vector<LivePage>& pages) const;
};

/// Whether no run is chosen because there are fewer runs than shares, which is told.
bool is_empty_share(const std::vector<Sweep>& sweeps, const std::optional<RunShare>& share);

/// `--kernel`: computes with the kernels of an instruction set, for the whole process.
void declare_kernel(CLI::App& app);

/// `--format`: how the table of a command is written.
void declare_format(CLI::App& app, OutputFormat& format);

}  // namespace nnrun
