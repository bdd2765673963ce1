#include "cli/command.h"

#include "math/kernel_choice.h"

namespace nnrun {

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands = {run_command(),  check_command(),  plan_command(),
                                                 list_command(), doctor_command(), plot_command()};
  return kCommands;
}

void FileArguments::declare(CLI::App& app) {
  app.add_option("FILE", files, "experiment files")->required();
  app.add_option("--set", overrides,
                 "set any field, such as --set epochs=100 or --set network.0.dense.units=[16,64]; "
                 "repeatable")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
}

void declare_results(CLI::App& app, RunOptions& options) {
  app.add_option("--results", options.results, "folder of the results tree")
      ->type_name("DIR")
      ->check([](const std::string& folder) {
        return folder.empty() ? "expected a folder, got empty text" : std::string();
      })
      ->capture_default_str();
  app.add_flag("--fresh", options.fresh, "train again what is finished, replacing it");
}

void declare_kernel(CLI::App& app) {
  app.add_option_function<std::string>(
         "--kernel", [](const std::string& name) { use_kernels(name); },
         "instruction set of the inner loops; the last bits of results depend on it (default: " +
             kernel_names().front() + ")")
      ->type_name("NAME")
      ->check(CLI::IsMember(kernel_names()));
}

}  // namespace nnrun
