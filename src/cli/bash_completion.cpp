#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/completion.h"
#include "core/kinds.h"

namespace nnrun {

namespace {

constexpr const char* kBashHead =
    R"~(# Completion of nnrun for bash. Made by `nnrun completion bash`, not written by hand.

_nnrun_words() { mapfile -t COMPREPLY < <(compgen -W "$*" -- "$current"); }

_nnrun_paths() { # ARGUMENT_OF_COMPGEN...: adds to what is there
  compopt -o filenames 2>/dev/null
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen "$@" -- "$current")
}

_nnrun_yaml() {
  _nnrun_paths -f -X '!*.yaml'
  _nnrun_paths -f -X '!*.yml'
  _nnrun_paths -d
}

)~";

constexpr const char* kBashTail = R"~(
_nnrun_typed() { # Sets `typed`: bash takes the = in --option=value and in learning_rate=0.3 for a word.
  local i last=''
  typed=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    if [[ ${#typed[@]} -gt 0 && ( "${COMP_WORDS[i]}" == '=' || "$last" == '=' ) ]]; then
      typed[-1]+="${COMP_WORDS[i]}"
    else
      typed+=("${COMP_WORDS[i]}")
    fi
    last="${COMP_WORDS[i]}"
  done
}

_nnrun_read() { # Sets `command`, `option` (whose value is typed), `place` and `first` (its arguments).
  local word
  for word in "${typed[@]:1:${#typed[@]} - 2}"; do
    if [[ -n "$option" ]]; then
      option=''
    elif [[ "$word" == -* ]]; then
      if _nnrun_takes_value "${command:-run}" "$word"; then option="$word"; fi
    elif [[ -z "$command" ]]; then
      if [[ -n "$(_nnrun_options "$word")" ]]; then command="$word"; else command=run place=2; fi
    else
      ((place++ > 1)) || first="$word"
    fi
  done
}

_nnrun() {
  local typed current command='' option='' place=1 first='' lead='' i
  _nnrun_typed
  current="${typed[-1]}"
  _nnrun_read
  COMPREPLY=()
  if [[ -z "$option" && "$current" == --*=* ]]; then
    option="${current%%=*}" lead="${current%%=*}=" current="${current#*=}"
  fi
  if [[ -n "$option" ]]; then
    _nnrun_value "${command:-run}" "$option"
  elif [[ "$current" == -* ]]; then
    # shellcheck disable=SC2046 # several words
    _nnrun_words $(_nnrun_options "$command")
  elif [[ -z "$command" ]]; then
    _nnrun_words "${nnrun_commands[@]}"
    _nnrun_yaml
  else
    _nnrun_argument "$command" "$place"
  fi
  current="$lead$current"
  for i in "${!COMPREPLY[@]}"; do
    COMPREPLY[i]="$lead${COMPREPLY[i]}"
    # What bash replaces begins after the last = then.
    if [[ "$COMP_WORDBREAKS" == *=* && "$current" == *=* ]]; then
      COMPREPLY[i]="${COMPREPLY[i]#"${current%=*}="}"
    fi
  done
}

complete -F _nnrun nnrun
)~";

std::string bash_action(const Argument& argument) {
  switch (argument.offer) {
    case Offer::kChoices: return fmt::format("_nnrun_words {}", fmt::join(argument.choices, " "));
    case Offer::kYaml: return "_nnrun_yaml";
    case Offer::kFile: return "_nnrun_paths -f";
    case Offer::kFolder: return "_nnrun_paths -d";
    case Offer::kKind: return "_nnrun_words \"$(_nnrun_kinds)\"";
    case Offer::kLeaf: return "_nnrun_words \"$(_nnrun_leaves \"$first\")\"";
    case Offer::kCommand: return "_nnrun_words \"${nnrun_commands[@]}\"";
    case Offer::kNothing: break;
  }
  return ":";
}

std::string option_names(const Usage& usage) {
  std::vector<std::string> names;
  for (const Argument& option : usage.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return fmt::format("    '{}') echo '{}' ;;\n", usage.name, fmt::join(names, " "));
}

std::string value_cases(const Usage& usage) {
  std::string text;
  for (const Argument& option : usage.options) {
    if (option.value.empty()) continue;
    for (const std::string& name : option.names) {
      text += fmt::format("    '{} {}') {} ;;\n", usage.name, name, bash_action(option));
    }
  }
  return text;
}

std::string argument_cases(const Usage& usage) {
  std::string text;
  for (std::size_t i = 0; i < usage.positionals.size(); ++i) {
    const Argument& argument = usage.positionals[i];
    const std::string place = argument.many ? "*" : fmt::format("'{}'", i + 1);
    text += fmt::format("    '{} '{}) {} ;;\n", usage.name, place, bash_action(argument));
  }
  return text;
}

std::string functions(const Usage& program, const std::vector<Usage>& commands) {
  std::string options = option_names(program);
  std::string values;
  std::string arguments;
  std::vector<std::string> names;
  for (const Usage& usage : commands) {
    names.push_back(usage.name);
    options += option_names(usage);
    values += value_cases(usage);
    arguments += argument_cases(usage);
  }
  return fmt::format(
      "nnrun_commands=({})\n\n"
      "_nnrun_options() {{ # COMMAND: their names; none where there is no such command\n"
      "  case \"$1\" in\n{}  esac\n}}\n\n"
      "_nnrun_value() {{ # COMMAND OPTION\n  case \"$1 $2\" in\n{}    *) return 1 ;;\n  esac\n}}\n\n"
      "_nnrun_argument() {{ # COMMAND PLACE\n  case \"$1 $2\" in\n{}  esac\n}}\n",
      fmt::join(names, " "), options, values, arguments);
}

/// Whether a word is the option's value is asked before anything is offered.
std::string takes_value(const std::vector<Usage>& commands) {
  std::string cases;
  for (const Usage& usage : commands) {
    for (const Argument& option : usage.options) {
      if (option.value.empty()) continue;
      for (const std::string& name : option.names) {
        cases += fmt::format("{}'{} {}'", cases.empty() ? "" : " | ", usage.name, name);
      }
    }
  }
  return fmt::format(
      "\n_nnrun_takes_value() {{ # COMMAND OPTION\n  case \"$1 $2\" in\n    {}) ;;\n"
      "    *) return 1 ;;\n  esac\n}}\n",
      cases);
}

std::string bash_names_of_kinds() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) names.push_back(kind.name);
  return fmt::format(
      "_nnrun_kinds() {{ echo '{}'; }}\n\n"
      "_nnrun_leaves() {{ # KIND\n  case \"$1\" in\n{}  esac\n}}\n\n",
      fmt::join(names, " "), leaf_cases());
}

}  // namespace

std::string leaf_cases() {
  std::string text;
  for (const Kind& kind : kinds()) {
    std::vector<std::string> names;
    for (const LeafFacts& leaf : kind.leaves()) names.push_back(leaf.name);
    text += fmt::format("    {} | {}) printf '%s\\n' {} ;;\n", kind.name, kind.one,
                        fmt::join(names, " "));
  }
  return text;
}

std::string bash_completion(const Usage& program, const std::vector<Usage>& commands) {
  return kBashHead + bash_names_of_kinds() + functions(program, commands) + takes_value(commands) +
         kBashTail;
}

}  // namespace nnrun
