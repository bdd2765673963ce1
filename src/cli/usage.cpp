#include "cli/usage.h"

#include <algorithm>
#include <map>

#include "cli/command.h"
#include "cli/program_text.h"

namespace nnrun {

namespace {

/// "failed", "diverged" of "STATUS:{failed,diverged}": CLI11 tells a list of values only in its help.
std::vector<std::string> choices_of(const std::string& type) {
  std::vector<std::string> choices;
  const auto begin = type.find('{');
  const auto end = type.find('}');
  if (begin == std::string::npos || end == std::string::npos) return choices;
  std::istringstream list(type.substr(begin + 1, end - begin - 1));
  for (std::string choice; std::getline(list, choice, ',');) choices.push_back(choice);
  return choices;
}

/// By what help calls the value. An option's FILE may be any.
Offer offer_of(const Argument& argument) {
  static const std::map<std::string, Offer> kOffers = {
      {"FILE", Offer::kYaml},  {"MANIFEST", Offer::kYaml},  {"DIR", Offer::kFolder},
      {"RUN", Offer::kFolder}, {"A", Offer::kFolder},       {"B", Offer::kFolder},
      {"KIND", Offer::kKind},  {"COMMAND", Offer::kCommand}};
  if (!argument.choices.empty()) return Offer::kChoices;
  if (argument.value == "FILE" && !argument.is_positional()) return Offer::kFile;
  const auto found = kOffers.find(argument.value);
  return found == kOffers.end() ? Offer::kNothing : found->second;
}

Argument argument_of(const CLI::Option& option) {
  Argument argument;
  for (const std::string& name : option.get_snames()) argument.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) argument.names.push_back("--" + name);
  const std::string type = option.get_type_name();
  argument.choices = choices_of(type);
  if (argument.is_positional()) {
    argument.value = option.get_name(true);
  } else if (option.get_items_expected_max() > 0) {
    argument.value = type.substr(0, type.find_first_of(":{"));
  }
  argument.description = option.get_description();
  argument.default_value = option.get_default_str();
  argument.required = option.get_required();
  argument.many = option.get_expected_max() == CLI::detail::expected_max_vector_size;
  argument.offer = offer_of(argument);
  return argument;
}

/// `list KIND NAME`: what the name can be, the kind before it tells.
void offer_leaves(std::vector<Argument>& positionals) {
  for (std::size_t i = 1; i < positionals.size(); ++i) {
    if (positionals[i - 1].offer == Offer::kKind) positionals[i].offer = Offer::kLeaf;
  }
}

Usage usage_of(const CLI::App& app) {
  Usage usage;
  usage.name = app.get_name();
  usage.summary = app.get_description();
  usage.notes = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    Argument argument = argument_of(*option);
    (argument.is_positional() ? usage.positionals : usage.options).push_back(std::move(argument));
  }
  offer_leaves(usage.positionals);
  return usage;
}

/// Not in the command table: main makes --help of it.
Usage help_usage() {
  CLI::App app("what nnrun --help shows, or COMMAND --help", "help");
  app.add_option("COMMAND", "whose help; default: nnrun's");
  return usage_of(app);
}

}  // namespace

std::string Usage::synopsis() const {
  std::string text = "nnrun" + (name.empty() ? "" : " " + name);
  const bool has_options = std::any_of(options.begin(), options.end(),
                                       [](const Argument& option) { return !option.is_help(); });
  if (has_options) text += " [OPTION]...";
  for (const Argument& argument : positionals) {
    const std::string word = argument.value + (argument.many ? "..." : "");
    text += argument.required ? " " + word : " [" + word + "]";
  }
  return text;
}

Usage program_usage() {
  CLI::App app(kProgramSummary);
  app.set_version_flag("--version", "");
  app.footer(kProgramExamples);
  return usage_of(app);
}

std::vector<Usage> command_usages() {
  std::vector<Usage> usages;
  for (const Command& command : commands()) {
    CLI::App app(command.summary, command.name);
    app.footer(command.examples);
    command.declare(app);
    usages.push_back(usage_of(app));
  }
  usages.push_back(help_usage());
  return usages;
}

}  // namespace nnrun
