#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>

#include "cli/command.h"
#include "report/claims_text.h"

namespace nnrun {

namespace {

using Formatter = std::string (*)(const Manifest&, const Judgements&);

const std::map<std::string, Formatter>& formats() {
  static const std::map<std::string, Formatter> kFormats = {{"table", claims_table},
                                                            {"csv", claims_csv},
                                                            {"json", claims_json},
                                                            {"markdown", claims_markdown}};
  return kFormats;
}

struct Arguments {
  std::string manifest;
  std::vector<std::string> overrides;
  std::filesystem::path results = "results";
  std::string format = "table";
};

ExitStatus verify(const Arguments& arguments) {
  const Manifest manifest = load_manifest(arguments.manifest, arguments.overrides);
  const Judgements judgements = judge(manifest, arguments.results);
  fmt::print("{}", formats().at(arguments.format)(manifest, judgements));
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
            auto arguments = std::make_shared<Arguments>();
            app.add_option("MANIFEST", arguments->manifest,
                           "a file with experiments and claims on them")
                ->required();
            declare_overrides(app, arguments->overrides,
                              "set a field of every experiment, such as --set epochs=100; "
                              "repeatable");
            declare_results_folder(app, arguments->results);
            app.add_option("--format", arguments->format, "table, csv, json or markdown")
                ->type_name("NAME")
                ->check(CLI::IsMember(formats()))
                ->capture_default_str();
            return [arguments] { return verify(*arguments); };
          }};
}

}  // namespace nnrun
