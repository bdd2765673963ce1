#include <fmt/format.h>

#include <memory>

#include "cli/command.h"

namespace nnrun {

Command check_command() {
  return {"check", "every mistake in the files at once; loads no data",
          "Examples:\n"
          "  nnrun check configs/*.yaml\n"
          "  nnrun check configs/task3_lr_sweep.yaml --set network.0.dense.units=[16,64]\n",
          [](CLI::App& app) {
            auto input = std::make_shared<FileArguments>();
            input->declare(app);
            return [input] {
              for (const Sweep& sweep : load_sweeps(input->files, input->overrides)) {
                fmt::print("{}: good, {} run{}\n", sweep.source, sweep.runs.size(),
                           sweep.runs.size() == 1 ? "" : "s");
              }
              return ExitStatus::kDone;
            };
          }};
}

}  // namespace nnrun
