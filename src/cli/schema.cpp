#include "report/schema.h"

#include <fmt/format.h>

#include <memory>

#include "cli/command.h"

namespace nnrun {

Command schema_command() {
  return {"schema", "the JSON Schema of an experiment file or a manifest, for editors",
          "Examples:\n"
          "  nnrun schema >configs/experiment.schema.json\n"
          "  nnrun schema manifest >configs/manifest.schema.json\n\n"
          "An editor with a YAML language server completes and checks a file that begins with\n"
          "  # yaml-language-server: $schema=experiment.schema.json\n"
          "the path being relative to the file. What a schema cannot say (shapes that do not fit,\n"
          "files that are not there), 'nnrun check' does.\n",
          [](CLI::App& app) {
            auto of = std::make_shared<std::string>("experiment");
            app.add_option("OF", *of, "experiment or manifest")
                ->check(CLI::IsMember({"experiment", "manifest"}))
                ->capture_default_str();
            return [of] {
              fmt::print("{}", *of == "manifest" ? manifest_schema() : experiment_schema());
              return ExitStatus::kDone;
            };
          }};
}

}  // namespace nnrun
