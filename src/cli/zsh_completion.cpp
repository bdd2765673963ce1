#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/completion.h"
#include "core/kinds.h"

namespace nnrun {

namespace {

constexpr const char* kZshHead = R"~(#compdef nnrun
# Completion of nnrun for zsh. Made by `nnrun completion zsh`, not written by hand.

_nnrun_yaml() { _files -g '*.(yaml|yml)' }

_nnrun_leaves() { # of the kind that is the first argument
  local -a names
  names=($(_nnrun_names "${line[1]}"))
  compadd -a names
}

)~";

constexpr const char* kZshTail = R"~(
_nnrun() {
  local curcontext="$curcontext" command=''
  local -a line
  local -i place
  for ((place = 2; place < CURRENT; place++)); do
    [[ "${words[place]}" == -* ]] || { command="${words[place]}"; break }
  done
  if [[ -z "$command" && "$PREFIX" == -* ]]; then
    _nnrun_program
  elif [[ -z "$command" ]]; then
    _alternative 'commands:command:_nnrun_commands' 'files:experiment file:_nnrun_yaml'
  elif (($+functions[_nnrun_command_$command])); then
    words[place]=()
    ((CURRENT--))
    _nnrun_command_$command
  else
    _nnrun_command_run
  fi
}

if [[ "${funcstack[1]}" == _nnrun ]]; then _nnrun "$@"; else compdef _nnrun nnrun; fi
)~";

std::string with_signs_escaped(const std::string& text, const std::string& signs) {
  std::string written;
  for (const char c : text) {
    if (signs.find(c) != std::string::npos) written += '\\';
    written += c;
  }
  return written;
}

std::string quoted(const std::string& text) {
  std::string written;
  for (const char c : text) written += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return "'" + written + "'";
}

std::string zsh_action(const Argument& argument) {
  switch (argument.offer) {
    case Offer::kChoices: return fmt::format("({})", fmt::join(argument.choices, " "));
    case Offer::kYaml: return "_nnrun_yaml";
    case Offer::kFile: return "_files";
    case Offer::kFolder: return "_files -/";
    case Offer::kKind: return "_nnrun_kinds";
    case Offer::kLeaf: return "_nnrun_leaves";
    case Offer::kCommand: return "_nnrun_commands";
    case Offer::kNothing: break;
  }
  return " ";  // says what is expected, and offers nothing
}

std::string value(const Argument& argument) {
  return fmt::format(":{}:{}", argument.value, zsh_action(argument));
}

std::vector<std::string> option_specs(const Argument& option) {
  std::vector<std::string> specs;
  const std::string others =
      option.many ? std::string("*") : fmt::format("({})", fmt::join(option.names, " "));
  for (const std::string& name : option.names) {
    specs.push_back(fmt::format("{}{}{}[{}]{}", others, name, option.value.empty() ? "" : "=",
                                with_signs_escaped(option.description, "[]\\"),
                                option.value.empty() ? "" : value(option)));
  }
  return specs;
}

std::string function(const std::string& name, const Usage& usage) {
  std::string text = fmt::format("{}() {{\n  _arguments -s", name);
  for (const Argument& option : usage.options) {
    for (const std::string& spec : option_specs(option)) text += " \\\n    " + quoted(spec);
  }
  for (std::size_t i = 0; i < usage.positionals.size(); ++i) {
    const Argument& argument = usage.positionals[i];
    const std::string place = argument.many ? "*" : std::to_string(i + 1);
    text += " \\\n    " + quoted(place + value(argument));
  }
  return text + "\n}\n\n";
}

std::string names_of_commands(const std::vector<Usage>& commands) {
  std::string text = "_nnrun_commands() {\n  local -a commands\n  commands=(\n";
  for (const Usage& usage : commands) {
    text += fmt::format("    {}\n", quoted(usage.name + ":" + usage.summary));
  }
  return text + "  )\n  _describe -t commands command commands\n}\n";
}

std::string zsh_names_of_kinds() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) names.push_back(kind.name);
  return fmt::format(
      "_nnrun_kinds() {{ compadd {} }}\n\n_nnrun_names() {{ # KIND\n  case \"$1\" in\n{}  esac\n}}\n\n",
      fmt::join(names, " "), leaf_cases());
}

}  // namespace

std::string zsh_completion(const Usage& program, const std::vector<Usage>& commands) {
  std::string text = kZshHead + zsh_names_of_kinds() + function("_nnrun_program", program);
  for (const Usage& usage : commands) text += function("_nnrun_command_" + usage.name, usage);
  return text + names_of_commands(commands) + kZshTail;
}

}  // namespace nnrun
