// nnrun describe: the network as a table, for programs, and as a graph.
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "base/text.h"
#include "cli/process.h"
#include "core/kinds.h"
#include "core/layer.h"
#include "core/registry.h"

namespace nnrun {

using namespace test;
using Json = nlohmann::json;

namespace {

const std::string kHead = "name: told\ndataset: {name: {synthetic: {kind: digits, train: 500}}}\n";
const std::string kTail =
    "loss: cross_entropy\noptimizer: adam\nlearning_rate: [0.1, 0.2]\nepochs: 1\n";
const std::string kDense =
    kHead + "network: [{dense: {units: 4}}, sigmoid, {dense: {units: 10, bias: none}}, softmax]\n" +
    kTail;
const std::string kImages =
    kHead +
    "network:\n"
    "  - conv2d: {channels: 2, kernel: 5, stride: 2}\n"
    "  - batch_norm\n"
    "  - flatten\n"
    "  - dense: {units: 6, frozen: true}\n"
    "  - residual: {layers: [{dense: {units: 6}}, {residual: {layers: [tanh]}}]}\n"
    "  - dense: {units: 10}\n"
    "  - softmax\n" +
    kTail;

struct Place {
  explicit Place(const std::string& text) { write_bytes(folder.path() / "told.yaml", text); }

  Finished describe(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"describe", "told.yaml"});
    return nnrun(folder, more);
  }
  Json json(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--format", "json"});
    return Json::parse(describe(more).out);
  }

  TemporaryFolder folder;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Json layer_of(const Json& description, const std::string& name) {
  for (const Json& layer : description["layers"]) {
    if (layer["name"] == name) return layer;
  }
  return {};
}

}  // namespace

TEST_CASE("cli: describe shows variables, equations and what each layer takes") {
  const Place place(kDense);
  const auto found = place.describe();
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.error, "");  // the learning rate makes no other network
  for (const char* part :
       {"told.yaml: told/learning_rate=0.1\n", "training samples of a step  400 × 1 × 28 × 28\n",
        "weights of 0.dense          4 × 784\n", "output of 1.sigmoid         400 × 4\n",
        "\n0.dense: y = x Wᵀ + b\n    x [N, 784], y [N, 4]; weights [4, 784], bias [4]\n"
        "    y  = x Wᵀ + b ",
        "    dx = dy · y · (1 − y)\n",
        "\nloss cross_entropy, differentiated together with 3.softmax\n", "what adam remembers",
        "total"}) {
    CHECK_MESSAGE(contains(found.out, part), part, " is not in\n", found.out);
  }
  CHECK_FALSE(contains(found.out, "2.dense.bias"));
}

TEST_CASE("cli: describe counts as the shapes say") {
  const Json told = Place(kDense).json();
  const Json hidden = layer_of(told, "0.dense");
  CHECK_EQ(hidden["input"], Json({784}));
  CHECK_EQ(hidden["output"], Json({4}));
  CHECK_EQ(hidden["shapes"], Json({{"weights", {4, 784}}, {"bias", {4}}}));
  CHECK_EQ(hidden["parameters"], 4 * 784 + 4);
  CHECK_EQ(hidden["multiply_adds"], 4 * 784);
  CHECK_EQ(hidden["parameter_bytes"], 4 * (4 * 784 + 4));
  CHECK_EQ(hidden["optimizer_bytes"], 2 * 4 * (4 * 784 + 4));  // adam's m and v
  CHECK_EQ(hidden["block_bytes"], told["block"].get<int>() * 2 * 4 * 4);
  CHECK_EQ(layer_of(told, "1.sigmoid")["multiply_adds"], 0);
  CHECK_EQ(told["parameters"], 4 * 784 + 4 + 40);
  CHECK_EQ(told["multiply_adds"], 4 * 784 + 40);
  CHECK_EQ(told["loss"]["joint"], true);

  const Json images = Place(kImages).json();
  const Json convolution = layer_of(images, "0.conv2d");
  CHECK_EQ(convolution["output"], Json({2, 12, 12}));
  CHECK_EQ(convolution["multiply_adds"], 2 * 5 * 5 * 12 * 12);
  CHECK_EQ(layer_of(images, "1.batch_norm")["parameters"], 4 * 2);
  CHECK_EQ(layer_of(images, "2.flatten")["block_bytes"], 0);
  CHECK_EQ(layer_of(images, "4.residual.0.dense")["multiply_adds"], 36);
  CHECK_EQ(layer_of(images, "4.residual")["parameters"], 0);
}

TEST_CASE("cli: describe agrees with plan on the number of parameters") {
  for (const std::string& text : {kDense, kImages}) {
    const Place place(text);
    const auto parameters = std::to_string(place.json()["parameters"].get<int>());
    CHECK(contains(nnrun(place.folder, {"plan", "told.yaml"}).out, "  " + parameters + "  "));
  }
}

TEST_CASE("cli: describe says which run it shows where networks differ") {
  const Place place(kDense);
  const std::vector<std::string> sweep = {"--set", "network.0.dense.units=[2,3]"};
  const auto first = place.describe(sweep);
  CHECK_EQ(first.status, 0);
  CHECK(
      contains(first.error, "the networks of its 4 runs differ; this is network.0.dense.units=2,"));
  const std::string name = "network.0.dense.units=3,learning_rate=0.2";
  auto named = sweep;
  named.insert(named.end(), {"--run", name});
  const auto second = place.describe(named);
  CHECK_EQ(second.error, "");
  CHECK(contains(second.out, "told/" + name));
  CHECK(contains(second.out, "3 × 784"));
  const auto other = place.describe({"--run", "learning_rate=0.3"});
  CHECK_EQ(other.status, 2);
  CHECK(contains(other.error, "has no run 'learning_rate=0.3'"));
}

TEST_CASE("cli: describe fits a terminal, whatever the layer") {
  for (const std::string& text : {kDense, kImages}) {
    for (const std::string& line : lines_of(Place(text).describe().out)) {
      CHECK_MESSAGE(width(line) <= 100, line);
    }
  }
}

TEST_CASE("cli: describe in Markdown has a table of variables and of layers") {
  const auto found = Place(kDense).describe({"--format", "markdown"});
  CHECK_EQ(found.status, 0);
  for (const char* part :
       {"| variable | what it is | size |\n| --- | --- | --- |\n", "\n### 0.dense\n",
        "\n```text\nx [N, 784], y [N, 4]; ", "| total |  | 3180 | 3176 | 12720 |"}) {
    CHECK_MESSAGE(contains(found.out, part), part, " is not in\n", found.out);
  }
}

TEST_CASE("cli: describe as a graph of Graphviz's grammar, each residual with two edges") {
  const auto found = Place(kImages).describe({"--format", "dot"});
  const std::string id = "\"[^\"\\\\]*(\\\\n[^\"\\\\]*)*\"";
  const std::regex grammar("digraph " + id + " \\{\n(  (node|" + id + ")( -> " + id +
                           ")?( \\[[a-z]+=(" + id + "|[a-z]+)(, [a-z]+=(" + id +
                           "|[a-z]+))*\\])?;\n)+\\}\n");
  CHECK_MESSAGE(std::regex_match(found.out, grammar), found.out);
  for (const char* edge :
       {"\"x\" -> \"0.conv2d\";", "\"3.dense\" -> \"4.residual.0.dense\";",
        "\"4.residual.1.residual.0.tanh\" -> \"4.residual.1.residual\";",
        "\"4.residual.0.dense\" -> \"4.residual.1.residual\" [style=dashed];",
        "\"4.residual.1.residual\" -> \"4.residual\";",
        "\"3.dense\" -> \"4.residual\" [style=dashed];", "\"6.softmax\" -> \"loss\";"}) {
    CHECK_MESSAGE(contains(found.out, edge), edge, " is not in\n", found.out);
  }
}

TEST_CASE("layers: one with weights says how many products it makes") {
  for (const std::string& name : Registry<Layer>::instance().names()) {
    CAPTURE(name);
    const auto layer = make_example<Layer>(name);
    for (const Shape& input : {Shape{2}, Shape{2, 8, 8}}) {
      try {
        layer->output(input);
      } catch (const Misfit&) {
        continue;
      }
      std::size_t weights = 0;
      for (const Parameter& parameter : layer->parameters(input)) {
        if (parameter.name == "weights") weights += elements(parameter.shape);
      }
      CHECK_GE(layer->multiply_adds(input), static_cast<double>(weights));
      CHECK_EQ(layer->multiply_adds(input) > 0, weights > 0);
    }
  }
}

}  // namespace nnrun
