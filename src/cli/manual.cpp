#include "cli/manual.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <utility>

#include "cli/program_text.h"
#include "experiment/provenance.h"

namespace nnrun {

namespace {

constexpr const char* kDescription = R"(.SH DESCRIPTION
.B nnrun
turns a YAML file into a finished neural\-network experiment: it trains every point of a grid of
hyper\-parameters and leaves a tree of CSV files that any plotting tool can read.
.PP
.B nnrun
.I FILE
is short for
.B nnrun run
.IR FILE .
What is finished is skipped, and what was interrupted goes on, so that the same command can be given again
after any end.
Standard output holds only what was asked for; progress and mistakes go to standard error.
.PP
What an experiment file may say is in the README and the reference beside it;
.B nnrun list
shows the layers, losses, optimizers and their like with all options, and
.B nnrun schema
prints a JSON Schema by which an editor completes and checks such files.
)";

constexpr const char* kFiles = R"(.SH FILES
.TP
.IR results/NAME/runs.csv ", " results/NAME/epochs.csv
the runs of the experiment
.IR NAME ,
and every epoch of them
.TP
.IR results/NAME/aggregate.csv ", " results/NAME/aggregate_runs.csv
where runs differ in seed or fold alone: their means, standard deviations and intervals
.TP
.I results/NAME/experiment.yaml
the file with every default filled in; it runs again as it stands
.TP
.IR results/NAME/RUN/ " or " results/NAME/run/
of each run:
.IR metrics.csv ,
.IR timing.csv ,
.IR confusion.csv ,
.IR weights/*.npy ,
.I run.json
and, while it is not finished,
.I checkpoint/
.TP
.IR data/NAME/ ", " ~/.cache/nnrun/NAME/ ", " /usr/share/datasets/
where the files of a known data set are looked for, after
.BR NNRUN_DATA_DIR ;
.B nnrun doctor
says what was found
.TP
.I /usr/share/doc/nnrun/
README, the reference, and example experiments, where the Debian package is installed
)";

constexpr const char* kEnvironment = R"(.SH ENVIRONMENT
.TP
.B NNRUN_DATA_DIR
a folder with a folder for each known data set, such as
.IR mnist ;
the first place looked at
.TP
.B HOME
has
.I .cache/nnrun
with data sets
.TP
.B TERM
where it is not set, or
.IR dumb ,
there is no live display of progress
.TP
.B PATH
where
.BR gnuplot (1)
is looked for; it is given
.BR PATH ,
.B HOME
and
.B XDG_CACHE_HOME
and no other variable
.TP
.B OPENBLAS_NUM_THREADS
set to 1 by
.B nnrun
itself where memory is limited; it never changes a result
)";

constexpr const char* kSeeAlso = R"(.SH SEE ALSO
.BR gnuplot (1),
which
.B nnrun plot
and
.B nnrun batch
draw with;
.BR dot (1)
for the output of
.BR "nnrun describe \-\-format dot" .
)";

/// "--format NAME" as the first line of its paragraph.
std::string tag(const Argument& argument) {
  std::string text;
  for (const std::string& name : argument.names) {
    text += fmt::format("{}\\fB{}\\fR", text.empty() ? "" : ", ", roff(name));
  }
  if (argument.value.empty()) return text;
  return fmt::format("{}{}\\fI{}\\fR", text, text.empty() ? "" : " ", roff(argument.value));
}

std::string paragraph(const Argument& argument) {
  std::string text = argument.description;
  const bool tells = std::all_of(
      argument.choices.begin(), argument.choices.end(),
      [&](const std::string& choice) { return text.find(choice) != std::string::npos; });
  if (!tells) text += fmt::format("; one of {}", fmt::join(argument.choices, ", "));
  if (!argument.default_value.empty())
    text += fmt::format(" (default: {})", argument.default_value);
  return fmt::format(".TP\n{}\n{}\n", tag(argument), roff(text));
}

std::string section(const Usage& command) {
  std::string text =
      fmt::format(".SS {}\n{}\n", roff(command.synopsis()), roff(command.summary + "."));
  for (const Argument& argument : command.positionals) text += paragraph(argument);
  for (const Argument& argument : command.options) {
    if (!argument.is_help()) text += paragraph(argument);
  }
  return text + ".PP\n" + roff_notes(command.notes);
}

std::string sections(const std::vector<Usage>& commands) {
  std::string text =
      ".SH COMMANDS\nEvery command has the option \\fB\\-\\-help\\fR besides its own, and is told "
      "here as it is there.\n";
  for (const Usage& command : commands) text += section(command);
  return text;
}

std::string synopsis(const Usage& program, const std::vector<Usage>& commands) {
  std::string text = ".SH SYNOPSIS\n.nf\nnnrun FILE...\n";
  for (const Usage& command : commands) text += roff(command.synopsis()) + "\n";
  for (const Argument& option : program.options) {
    text += roff("nnrun " + option.names.back()) + "\n";
  }
  return text + ".fi\n";
}

std::string head() {
  const std::string version = provenance(1).version;
  return fmt::format(
      ".\\\" Made by `nnrun man`, not written by hand.\n"
      ".TH NNRUN 1 \"\" \"nnrun {}\" \"User Commands\"\n"
      ".nh\n.ad l\n"
      ".SH NAME\nnnrun \\- train every point of a YAML experiment and write the results as CSV\n",
      version);
}

}  // namespace

std::string roff(std::string_view text) {
  // An apostrophe or a minus would come out as the signs that typesetters put for them.
  static const std::pair<char, const char*> kSigns[] = {
      {'\\', "\\e"},  {'-', "\\-"},   {'\'', "\\(aq"}, {'`', "\\(ga"},
      {'^', "\\(ha"}, {'~', "\\(ti"}, {'"', "\\(dq"}};
  std::string written;
  for (const char c : text) {
    const char* sign = nullptr;
    for (const auto& [plain, escaped] : kSigns) {
      if (c == plain) sign = escaped;
    }
    if (c == '.' && (written.empty() || written.back() == '\n')) sign = "\\&.";
    written += sign != nullptr ? std::string(sign) : std::string(1, c);
  }
  return std::regex_replace(written, std::regex("…"), "...");
}

std::string roff_notes(const std::string& notes) {
  std::string text;
  bool is_fixed = false;
  bool is_parted = false;
  std::istringstream lines(notes);
  for (std::string line; std::getline(lines, line);) {
    const bool fixed = line.starts_with("  ");
    if (is_fixed && !fixed) text += ".EE\n.RE\n";
    if (line.empty() || (is_fixed && !fixed)) is_parted = true;
    if (!line.empty() && !fixed && is_parted) text += ".PP\n";
    if (!line.empty() && !fixed) is_parted = false;
    if (fixed && !is_fixed) text += ".RS 4\n.EX\n";
    if (!line.empty()) text += roff(fixed ? line.substr(2) : line) + "\n";
    is_fixed = fixed;
  }
  return is_fixed ? text + ".EE\n.RE\n" : text;
}

std::string manual(const Usage& program, const std::vector<Usage>& commands) {
  const std::string heading = "Exit status: ";
  const std::string heading_of_examples = "Examples:\n";
  return head() + synopsis(program, commands) + kDescription + sections(commands) + kFiles +
         kEnvironment + ".SH EXIT STATUS\n" +
         roff(std::string(kExitStatus).substr(heading.size())) + ".SH EXAMPLES\n" +
         roff_notes(program.notes.substr(heading_of_examples.size())) + kSeeAlso;
}

}  // namespace nnrun
