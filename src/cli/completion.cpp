#include "cli/completion.h"

#include <fmt/format.h>

#include <memory>

#include "cli/command.h"

namespace nnrun {

Command completion_command() {
  return {
      "completion", "what makes a shell complete commands, options, values and names",
      "Examples:\n"
      "  source <(nnrun completion bash)           in ~/.bashrc\n"
      "  nnrun completion zsh >~/.zfunc/_nnrun     a folder of $fpath\n\n"
      "An installed nnrun has both in place: 'cmake --install' and the Debian package put them where\n"
      "the shells look.\n",
      [](CLI::App& app) {
        auto shell = std::make_shared<std::string>();
        app.add_option("SHELL", *shell, "whose completion to print")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh"}));
        return [shell] {
          fmt::print("{}", *shell == "zsh" ? zsh_completion(program_usage(), command_usages())
                                           : bash_completion(program_usage(), command_usages()));
          return ExitStatus::kDone;
        };
      }};
}

}  // namespace nnrun
