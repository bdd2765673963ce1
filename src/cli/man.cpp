#include <fmt/format.h>

#include "cli/command.h"
#include "cli/manual.h"

namespace nnrun {

Command man_command() {
  return {"man", "the manual page of nnrun, all commands and options in it",
          "Examples:\n"
          "  nnrun man | man -l -          read it where nnrun is not installed\n"
          "  nnrun man >nnrun.1\n",
          [](CLI::App&) {
            return [] {
              fmt::print("{}", manual(program_usage(), command_usages()));
              return ExitStatus::kDone;
            };
          }};
}

}  // namespace nnrun
