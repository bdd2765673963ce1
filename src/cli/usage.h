// What the command line takes, read from the command table: the manual page and the shells' completions are
// made of it, so that a new command or option is in all of them.
#pragma once

#include <string>
#include <vector>

namespace nnrun {

/// What a shell offers for a value.
enum class Offer { kNothing, kChoices, kYaml, kFile, kFolder, kKind, kLeaf, kCommand };

struct Argument {
  std::vector<std::string> names;    ///< "-q", "--quiet"; none where its place tells what it is
  std::string value;                 ///< what help calls the value: "DIR"; empty: takes none
  std::vector<std::string> choices;  ///< all values there are; none: there is no list
  std::string description;
  std::string default_value;
  bool required = false;
  bool many = false;  ///< can be given more than once
  Offer offer = Offer::kNothing;

  bool is_positional() const { return names.empty(); }
  bool is_help() const { return !names.empty() && names.back() == "--help"; }  ///< all have it
};

/// One command, or the program itself (without name).
struct Usage {
  std::string name;
  std::string summary;
  std::string notes;  ///< the end of its help: examples and what else there is to know
  std::vector<Argument> options;
  std::vector<Argument> positionals;  ///< in their order

  std::string synopsis() const;  ///< "nnrun run [OPTION]... FILE..."
};

/// `nnrun --help`, `nnrun --version`.
Usage program_usage();

/// Of every command, in the order of the command table.
std::vector<Usage> command_usages();

}  // namespace nnrun
