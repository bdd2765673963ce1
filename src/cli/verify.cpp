#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "cli/command.h"
#include "report/claims_text.h"

namespace nnrun {

namespace {

struct VerifyArguments {
  ManifestArguments input;
  std::filesystem::path results = "results";
  OutputFormat format = OutputFormat::kTable;
};

ExitStatus verify(const VerifyArguments& arguments) {
  const Manifest manifest = load_manifest(arguments.input.file, arguments.input.overrides);
  const Judgements judgements = judge(manifest, arguments.results);
  fmt::print("{}", claims_text(manifest, judgements, arguments.format));
  return judgements.status(manifest);
}

}  // namespace

Command verify_command() {
  return {"verify", "a manifest's claims against the results; trains nothing",
          "Examples:\n"
          "  nnrun verify experiments/report.yaml\n"
          "  nnrun verify experiments/report.yaml --format csv > claims.csv\n"
          "  nnrun verify experiments/report.yaml --results /tmp/results --set epochs=100\n\n"
          "Exit status 3 when a claim that is not contested does not hold, or cannot be judged.\n",
          [](CLI::App& app) {
            auto arguments = std::make_shared<VerifyArguments>();
            arguments->input.declare(app);
            declare_results_folder(app, arguments->results);
            declare_format(app, arguments->format);
            return [arguments] { return verify(*arguments); };
          }};
}

}  // namespace nnrun
