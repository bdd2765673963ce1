#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <string_view>

#include "base/ranks.h"
#include "base/tell.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/log.h"
#include "cli/program_text.h"
#include "experiment/provenance.h"
#include "math/blas.h"

namespace nnrun {

namespace {

bool is_command(const std::string& word) {
  return std::any_of(commands().begin(), commands().end(),
                     [&](const Command& command) { return command.name == word; });
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return names;
}

/// A misspelt command would be taken for a file: say which command was meant.
void check_first_word(const std::string& word) {
  std::error_code error;
  if (std::filesystem::exists(word, error)) return;
  const auto names = command_names();
  if (const auto near = nearest(word, names)) {
    throw Error(
        fmt::format("no command or file '{}'; did you mean 'nnrun {}'?", printable(word), *near));
  }
  if (word.find_first_of("./") == std::string::npos) {
    throw Error(fmt::format("no command or file '{}'{}", printable(word),
                            suggestion_and_all(word, names, "commands")));
  }
}

/// `nnrun help COMMAND` is `nnrun COMMAND --help`.
std::vector<std::string> help_on(const std::vector<std::string>& words) {
  if (words.empty()) return {"--help"};
  const std::string& command = words.front();
  if (words.size() > 1) {
    throw Error(
        fmt::format("unexpected argument '{}': help takes one command", printable(words[1])));
  }
  if (command.starts_with('-') || is_command(command)) return {command, "--help"};
  throw Error(fmt::format("no command '{}'{}", printable(command),
                          suggestion_and_all(command, command_names(), "commands")));
}

/// `nnrun FILE…` is short for `nnrun run FILE…`.
std::vector<std::string> with_command(std::vector<std::string> arguments) {
  const auto word = std::find_if(arguments.begin(), arguments.end(),
                                 [](const std::string& a) { return !a.starts_with('-'); });
  if (word == arguments.end() || is_command(*word)) return arguments;
  if (*word == "help" && word == arguments.begin()) return help_on({word + 1, arguments.end()});
  if (word == arguments.begin()) check_first_word(*word);
  arguments.insert(arguments.begin(), "run");
  return arguments;
}

/// "--threads", "-q", … of a command.
std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// What is left of the arguments when the command has taken its own.
std::string unexpected(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  std::string shown;
  for (const std::string& argument : app.remaining(true)) {
    const std::string name = argument.substr(0, argument.find('='));
    shown += argument.starts_with('-')
                 ? fmt::format("no option '{}'{}\n", printable(name),
                               suggestion(name, option_names(command)))
                 : fmt::format("one argument too many: '{}'\n", printable(argument));
  }
  return shown + fmt::format("'nnrun{} --help' shows what there is\n",
                             chosen.empty() ? "" : " " + command.get_name());
}

/// What CLI11 says of the arguments, which it repeats as they are.
std::string failure_message(const CLI::App* app, const CLI::Error& error) {
  if (!app->remaining(true).empty()) return unexpected(*app);
  std::string shown;
  std::istringstream lines(CLI::FailureMessage::simple(app, error));
  for (std::string line; std::getline(lines, line);) shown += printable(line) + "\n";
  return shown;
}

ExitStatus dispatch(std::vector<std::string> arguments) {
  CLI::App app{kProgramSummary};
  app.name("nnrun");
  app.footer(fmt::format("{}\n{}", kProgramExamples, kExitStatus));
  const Provenance facts = provenance(1);
  app.set_version_flag("--version", fmt::format("nnrun {} ({})", facts.version, facts.commit));
  app.require_subcommand(1);
  app.failure_message(failure_message);
  std::function<ExitStatus()> action;
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    sub->footer(command.examples);
    const auto run = command.declare(*sub);
    sub->callback([&action, run] { action = run; });
  }
  if (arguments.empty()) {
    tell(app.help());
    return ExitStatus::kBadInput;
  }
  try {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitStatus::kDone : ExitStatus::kBadInput;
  }
  return action();
}

/// Where there is no memory for the registries, which are filled before main: nothing could catch it there.
[[noreturn]] void end_without_memory() {
  constexpr std::string_view kText = "nnrun: out of memory before anything was begun\n";
  static_cast<void>(!::write(STDERR_FILENO, kText.data(), kText.size()));
  ::_exit(static_cast<int>(ExitStatus::kRunFailed));
}

struct BeforeMain {
  BeforeMain() noexcept { std::set_new_handler(end_without_memory); }
};

__attribute__((init_priority(101))) const BeforeMain kBeforeMain;  // the first of all

/// A closed standard stream would be taken by the next file that is opened, and written into.
void open_standard_streams() {
  for (int stream = 0; stream <= 2; ++stream) {
    if (::fcntl(stream, F_GETFD) < 0) static_cast<void>(::open("/dev/null", O_RDWR));
  }
}

/// A full disk or a closed pipe behind standard output shows only when it is flushed.
ExitStatus flushed(ExitStatus status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  tell("nnrun: cannot write standard output\n");
  return ExitStatus::kRunFailed;
}

ExitStatus guarded(std::vector<std::string> arguments) {
  try {
    return flushed(dispatch(with_command(std::move(arguments))));
  } catch (const Error& error) {
    const bool shared = dynamic_cast<const SharedError*>(&error) != nullptr;
    if (!shared || ranks().is_first()) tell(error.what() + std::string("\n"));
    if (!shared && !ranks().alone()) ranks().abort(error.status());  // the others would wait
    spdlog::info("ended with status {}: {}", static_cast<int>(error.status()), error.what());
    return error.status();
  } catch (const std::bad_alloc&) {
    tell("nnrun: out of memory; 'nnrun plan' shows what a run needs\n");
  } catch (const std::length_error&) {
    tell("nnrun: out of memory: more is needed than can be addressed\n");
  } catch (const std::exception& error) {
    // fmt throws when standard output is full or closed; all else is a mistake of ours.
    if (std::ferror(stdout) != 0) return flushed(ExitStatus::kRunFailed);
    tell(fmt::format("nnrun: internal error: {}\n", error.what()));
  }
  if (!ranks().alone()) ranks().abort(ExitStatus::kRunFailed);
  return ExitStatus::kRunFailed;
}

}  // namespace

}  // namespace nnrun

int main(int argc, char** argv) {
  std::set_new_handler(nullptr);  // from here on std::bad_alloc is caught
  nnrun::restart_without_blas_threads(argv);
  nnrun::open_standard_streams();
  // A pipe that nobody reads any more is an error of the write, not the end of a run.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));  // nor is a file that may not grow any more
  static_cast<void>(std::signal(SIGCHLD, SIG_DFL));  // ignored, gnuplot would leave no status
  nnrun::start_log();
  nnrun::keep_blas_single_threaded();
  const nnrun::ExitStatus status = nnrun::guarded({argv + 1, argv + argc});
  nnrun::ranks().leave();
  return static_cast<int>(status);
}
