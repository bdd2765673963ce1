#include "experiment/batch_script.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace nnrun {

namespace {

/// Before the time limit; a checkpoint takes seconds.
constexpr int kSecondsToSave = 60;

// {0}: the name, {1}: the lines for sbatch, {2}: variables, {3}: the end's command, {4}: the words of a share.
constexpr const char* kScript = R"sh(#!/usr/bin/env bash
# Trains {0} on a Slurm cluster. nnrun submit has written it, and submits it as
#   sbatch --array=0-{5} job.sh 0 WORD
#   sbatch --dependency=afterany:JOB job.sh tables WORD
# Task I of the array trains share I of {6}; the second job then writes the tables of all runs, and the page.
# What is finished is not trained again, and what was interrupted goes on: any part may be submitted once more.
{1}
set -u

{2}
cd "$working" || exit 2

# All nodes must see the folder that was submitted from: there, and only there, the file probe has this WORD.
if [[ -n "${{2:-}}" && "$(cat "$folder/slurm/probe" 2>/dev/null)" != "$2" ]]; then
  printf '%s: %s is not the folder that was submitted from; is it on a file system that the nodes share?\n' \
    "$(hostname)" "$folder" >&2
  exit 2
fi

if [[ "$1" == tables ]]; then
  {3}
  status=$?
  "$nnrun" report "$folder" --threads "${{SLURM_CPUS_PER_TASK:-1}}" || status=$?
  exit "$status"
fi

# Shortly before the time limit Slurm sends USR1 to this script alone. nnrun then saves where every run is, and the
# task goes back to the queue. The TERM of scancel goes to nnrun too, which saves and ends; nothing is queued again.
pid='' signalled='' time_is_over=''
trap 'signalled=1 time_is_over=1; [[ -z "$pid" ]] || kill -TERM "$pid"' USR1
trap 'signalled=1' TERM

"$nnrun" run "${{files[@]}}" --results "$results"{4} \
  --kernel "$kernel" --threads "${{SLURM_CPUS_PER_TASK:-1}}" &
pid=$!
[[ -z "$time_is_over" ]] || kill -TERM "$pid"
signalled=1
while [[ -n "$signalled" ]]; do # a signal ends bash's wait, but not nnrun
  signalled=''
  wait "$pid"
  status=$?
done

if [[ -n "$time_is_over" && "$status" == 143 ]]; then
  exec scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_$SLURM_ARRAY_TASK_ID"
fi
exit "$status"
)sh";

bool is_plain(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_name_character(c) || std::string_view("/=:,@+").find(c) != std::string_view::npos;
  });
}

[[noreturn]] void refuse_text(const std::string& text) {
  throw Error(fmt::format(
      "'{}' cannot stand in a batch script: quotes, backslashes, '%' and control characters are "
      "not for sbatch",
      printable(text)));
}

/// As a line of #SBATCH has it, which knows double quotes and replaces what follows '%'.
std::string sbatch_word(const std::string& text, bool percent) {
  const bool allowed = std::all_of(text.begin(), text.end(), [&](char c) {
    const bool special = c == '"' || c == '\'' || c == '\\' || (c == '%' && !percent);
    return !special && c != '\n' && c != '\t' && c != '\r' && is_text_byte(c);
  });
  if (!allowed || text.empty()) refuse_text(text);
  return text.find(' ') == std::string::npos ? text : '"' + text + '"';
}

/// As bash has it: quoted where it needs to be.
std::string shell_word(const std::string& text) {
  if (is_plain(text)) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string shell_words(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += " " + shell_word(word);
  return all;
}

std::string sbatch_lines(const BatchJob& job) {
  const std::string logs = sbatch_word((job.folder / "slurm").string(), false);
  std::string lines = "#SBATCH --job-name=" + sbatch_word(job.name, false) + "\n";
  const std::string quote = logs.starts_with('"') ? "\"" : "";
  const std::string bare = (job.folder / "slurm").string();
  lines += fmt::format("#SBATCH --output={0}{1}/%A_%a.log{0}\n", quote, bare);
  lines += "#SBATCH --open-mode=append\n#SBATCH --requeue\n";
  lines += fmt::format("#SBATCH --signal=B:USR1@{}", kSecondsToSave);
  for (const std::string& option : job.sbatch) lines += "\n#SBATCH " + sbatch_word(option, true);
  return lines;
}

std::string variables(const BatchJob& job) {
  std::string lines;
  const auto set = [&](const char* name, const std::string& value) {
    lines += fmt::format("{}={}\n", name, shell_word(value));
  };
  set("nnrun", job.program.string());
  set("working", job.working.string());
  set("folder", job.folder.string());
  set("results", job.results.string());
  lines += fmt::format("files=({})\n", shell_words(job.files).substr(1));
  lines += fmt::format(
      "kernel={} # the submitting host's: nodes of several kinds come to the same bits\n",
      shell_word(job.kernel));
  if (!job.data_folder.empty()) set("export NNRUN_DATA_DIR", job.data_folder);
  return lines;
}

}  // namespace

std::string batch_script(const BatchJob& job) {
  std::string share = shell_words(job.choice);
  if (job.sharded) {
    share += fmt::format(" --shard \"$(($1 + SLURM_ARRAY_TASK_ID))/{}\"", job.shares);
  }
  return fmt::format(kScript, job.name, sbatch_lines(job), variables(job),
                     "\"$nnrun\"" + shell_words(job.ending), share, job.shares - 1, job.shares);
}

}  // namespace nnrun
