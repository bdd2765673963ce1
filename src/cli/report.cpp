#include <fmt/format.h>

#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "report/html_report.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

struct ReportArguments {
  fs::path folder;
  fs::path output;
  RunOptions options;  ///< of which the threads
};

ExitStatus report(const ReportArguments& arguments) {
  const ReportSource source = read_report(arguments.folder);
  const fs::path path =
      arguments.output.empty() ? arguments.folder / "report.html" : arguments.output;
  write_named_file(path, html_report(source, {.threads = arguments.options.threads}));
  fmt::print("{}\n", printable(path.string()));
  return ExitStatus::kDone;
}

}  // namespace

Command report_command() {
  return {
      "report", "one self-contained HTML page of an experiment, of one run or of all results",
      "Examples:\n"
      "  nnrun report results/task3_lr_sweep                     DIR/report.html\n"
      "  nnrun report results                                    all experiments\n"
      "  nnrun report results/report                             what nnrun batch made\n"
      "  nnrun report results/task1_five/run --output five.html  one run\n\n"
      "The page needs no network and no other file. Runs that are not finished are in it as far\n"
      "as they are. Its path is written to standard output.\n",
      [](CLI::App& app) {
        auto arguments = std::make_shared<ReportArguments>();
        app.add_option("DIR", arguments->folder,
                       "folder of an experiment, of a run, or of all results")
            ->required();
        app.add_option("--output", arguments->output, "the page (default: report.html in DIR)")
            ->type_name("FILE")
            ->check([](const std::string& file) {
              return file.empty() ? "expected a file, got empty text" : std::string();
            });
        declare_threads(app, arguments->options);
        return [arguments] { return report(*arguments); };
      }};
}

}  // namespace nnrun
