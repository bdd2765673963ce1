// nnrun schema: the schemas that are kept beside the experiment files. tests/schema tries them on files.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/other_words.h"
#include "cli/command.h"
#include "cli/process.h"
#include "core/kinds.h"

namespace nnrun {

using namespace test;
using Json = nlohmann::json;

namespace {

Json schema_of(const std::string& of) {
  const TemporaryFolder folder;
  const auto found = nnrun(folder, {"schema", of});
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.error, "");
  return Json::parse(found.out);
}

}  // namespace

TEST_CASE("cli: the schemas in configs/ are what schema prints") {
  const TemporaryFolder folder;
  for (const std::string of : {"experiment", "manifest"}) {
    CAPTURE(of);
    const auto found = nnrun(folder, {"schema", of});
    const std::string file = "configs/" + of + ".schema.json";
    const bool same = found.out == read_bytes(NNRUN_SOURCE_DIR "/" + file);
    CHECK_MESSAGE(same, "renew it: build/nnrun schema ", of, " >", file);
  }
  CHECK_EQ(nnrun(folder, {"schema"}).out, nnrun(folder, {"schema", "experiment"}).out);
  const auto other = nnrun(folder, {"schema", "results"});
  CHECK_EQ(other.status, 2);
  CHECK(contains(other.error, "results"));
}

TEST_CASE("cli: the schema has every leaf with its summary, options and defaults") {
  const Json experiment = schema_of("experiment")["definitions"];
  const Json manifest = schema_of("manifest")["definitions"];
  for (const Kind& kind : kinds()) {
    const Json& definitions = kind.name == "quantities" ? manifest : experiment;
    for (const LeafFacts& leaf : kind.leaves()) {
      CAPTURE(leaf.name);
      const Json& options = definitions.at(kind.one + "." + leaf.name);
      CHECK_EQ(options.at("description"), leaf.summary);
      CHECK_EQ(options.at("additionalProperties"), false);
      CHECK_EQ(options.at("properties").size(), leaf.options.size());
      for (const OptionRecord& option : leaf.options) {
        CHECK_EQ(options["properties"][option.path]["description"], option.form.text());
      }
    }
  }
  CHECK_EQ(experiment["layer.dropout"]["properties"]["rate"]["anyOf"][0],
           Json({{"type", "number"}, {"minimum", 0}, {"exclusiveMaximum", 1}}));
  CHECK_EQ(experiment["optimizer.adam"]["properties"]["beta2"]["default"], 0.999);
}

TEST_CASE(
    "cli: every word that a hint for another program's word names is one of a file or a command") {
  const std::string schema = schema_of("experiment").dump();
  for (const std::string& word : hinted_words()) {
    CAPTURE(word);
    const bool of_a_file = contains(schema, '"' + word + '"');
    const auto& all = commands();
    const bool of_commands = std::any_of(
        all.begin(), all.end(), [&](const Command& command) { return command.name == word; });
    CHECK((of_a_file || of_commands));
  }
}

}  // namespace nnrun
