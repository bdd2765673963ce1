#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "report/description.h"

namespace nnrun {

namespace {

struct DescribeArguments {
  std::string file;
  std::vector<std::string> overrides;
  std::string run;  ///< empty: the first
  DescriptionFormat format = DescriptionFormat::kText;
};

const Run& named_run(const Sweep& sweep, const std::string& name) {
  std::vector<std::string> names;
  for (const Run& run : sweep.runs) {
    if (run.folder == name) return run;
    names.push_back(run.folder);
  }
  throw Error(fmt::format("{} has no run '{}'{}", printable(sweep.source), printable(name),
                          suggestion_or_known(name, names)));
}

/// Says which run is described where that makes a difference.
const Run& first_run(const Sweep& sweep) {
  const Run& first = sweep.runs.front();
  const bool alike = std::all_of(sweep.runs.begin(), sweep.runs.end(),
                                 [&](const Run& run) { return described_alike(run, first); });
  if (!alike) {
    fmt::print(
        stderr,
        "{}: the networks of its {} runs differ; this is {}; --run NAME for another, such as {}\n",
        printable(sweep.source), sweep.runs.size(), first.folder, sweep.runs.back().folder);
  }
  return first;
}

ExitStatus describe(const DescribeArguments& arguments) {
  const auto sweeps = load_sweeps({arguments.file}, arguments.overrides);
  const Sweep& sweep = sweeps.front();
  const Run& run = arguments.run.empty() ? first_run(sweep) : named_run(sweep, arguments.run);
  fmt::print("{}", to_text(describe(sweep, run), arguments.format));
  return ExitStatus::kDone;
}

}  // namespace

Command describe_command() {
  return {"describe", "the network as a table: variables, equations, shapes, parameters, memory",
          "Examples:\n"
          "  nnrun describe configs/task3_multiclass.yaml\n"
          "  nnrun describe configs/task2_hidden_layer.yaml --set network.0.dense.units=[16,64] "
          "--run network.0.dense.units=64\n"
          "  nnrun describe configs/lenet.yaml --format dot | dot -Tsvg >lenet.svg\n",
          [](CLI::App& app) {
            auto arguments = std::make_shared<DescribeArguments>();
            app.add_option("FILE", arguments->file, "an experiment file")->required();
            declare_overrides(app, arguments->overrides,
                              "set any field, such as --set network.0.dense.units=16; repeatable");
            app.add_option("--run", arguments->run, "the run of a grid; default: the first")
                ->type_name("NAME");
            app.add_option_function<std::string>(
                   "--format",
                   [arguments](const std::string& name) {
                     arguments->format = description_format(name);
                   },
                   "how it is written (default: text)")
                ->type_name("NAME")
                ->check(CLI::IsMember(description_format_names()));
            return [arguments] { return describe(*arguments); };
          }};
}

}  // namespace nnrun
