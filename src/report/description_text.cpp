// A description for a person or a program.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/description.h"
#include "report/markdown.h"
#include "report/output_format.h"

namespace nnrun {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kNotesWidth = 100;

std::string whole(double count) { return fmt::format("{:.0f}", count); }

OutputTable variables_table(const Description& description) {
  OutputTable output{{{.name = "variable"}, {.name = "what it is"}, {.name = "size"}}, {}};
  for (const DescribedVariable& variable : description.variables()) {
    output.rows.push_back({variable.name, variable.what, to_text(variable.size)});
  }
  return output;
}

/// What each layer takes. Bytes are written out for programs and rounded for a person.
OutputTable layers_table(const Description& description, bool exact) {
  const auto bytes = [&](double count) { return exact ? whole(count) : byte_size(count); };
  OutputTable output{{{.name = "layer"},
                      {.name = "output"},
                      {.name = "parameters", .numbers = true},
                      {.name = "multiply_adds", .numbers = true},
                      {.name = "parameter_bytes", .numbers = true},
                      {.name = "optimizer_bytes", .numbers = true},
                      {.name = "block_bytes", .numbers = true}},
                     {}};
  DescribedLayer total;
  total.name = "total";
  const auto add_row = [&](const DescribedLayer& layer, const std::string& size) {
    output.rows.push_back({layer.name, size, std::to_string(layer.parameter_count),
                           whole(layer.multiply_adds), bytes(layer.parameter_bytes),
                           bytes(layer.optimizer_bytes), bytes(layer.block_bytes)});
  };
  for (const DescribedLayer& layer : description.layers) {
    add_row(layer, to_text(layer.output));
    total.parameter_count += layer.parameter_count;
    total.multiply_adds += layer.multiply_adds;
    total.parameter_bytes += layer.parameter_bytes;
    total.optimizer_bytes += layer.optimizer_bytes;
    total.block_bytes += layer.block_bytes;
  }
  add_row(total, "");
  return output;
}

/// "x [N, 784], y [N, 64]; weights [64, 784], bias [64]".
std::string sizes_line(const DescribedLayer& layer) {
  const auto of = [](const Shape& shape) { return fmt::format("{}", fmt::join(shape, ", ")); };
  std::string line = fmt::format("x [N, {}], y [N, {}]", of(layer.input), of(layer.output));
  for (std::size_t i = 0; i < layer.parameters.size(); ++i) {
    const DescribedVariable& parameter = layer.parameters[i];
    line += fmt::format("{} {} [{}]", i == 0 ? ";" : ",",
                        parameter.name.substr(layer.name.size() + 1), of(parameter.size));
  }
  return line;
}

/// The line indented, broken at blanks where it is too wide; the rest stands further in.
std::string wrapped(const std::string& line) {
  std::string text;
  std::string rest = "    " + line;
  while (width(rest) > kNotesWidth) {
    std::size_t end = rest.size();
    while (width(rest.substr(0, end)) > kNotesWidth) end = rest.rfind(' ', end - 1);
    text += rest.substr(0, end) + "\n";
    rest = "        " + rest.substr(end + 1);
  }
  return text + rest + "\n";
}

std::string loss_heading(const Description& description) {
  const DescribedLoss& loss = description.loss;
  return fmt::format(
      "loss {}{}", loss.name,
      loss.joint ? fmt::format(", differentiated together with {}", description.layers.back().name)
                 : "");
}

std::string heading(const Description& description) {
  return fmt::format("{}: {}/{}", printable(description.source), description.experiment,
                     description.run);
}

std::string notes(const Description& description) {
  return fmt::format(
      "N = {} training samples of a step. multiply_adds: products of a weight and a value, of one\n"
      "sample and forward. optimizer_bytes: what {} remembers. block_bytes: outputs,\n"
      "gradients and what is kept for them, of the {} samples that a thread has under way at most.\n"
      "The run adds {} in all, as nnrun plan says.\n",
      description.samples, description.optimizer, description.block,
      byte_size(description.run_bytes));
}

std::string plain_text(const Description& description) {
  std::string text = heading(description) + "\n\n";
  text += to_text(variables_table(description), OutputFormat::kTable);
  for (const DescribedLayer& layer : description.layers) {
    text += fmt::format("\n{}: {}\n", layer.name, layer.summary) + wrapped(sizes_line(layer));
    for (const std::string& line : layer.equations.all()) text += wrapped(line);
  }
  text += "\n" + loss_heading(description) + "\n";
  for (const std::string& line : description.loss.equations.all()) text += wrapped(line);
  text += "\n" + to_text(layers_table(description, false), OutputFormat::kTable);
  return text + "\n" + notes(description);
}

std::string fenced(const std::vector<std::string>& lines) {
  return fmt::format("\n```text\n{}\n```\n", fmt::join(lines, "\n"));
}

std::string markdown_of(const Description& description) {
  std::string text = "## " + markdown_text(heading(description)) + "\n\n";
  text += to_text(variables_table(description), OutputFormat::kMarkdown);
  for (const DescribedLayer& layer : description.layers) {
    auto lines = layer.equations.all();
    lines.insert(lines.begin(), sizes_line(layer));
    text += fmt::format("\n### {}\n\n{}\n", layer.name, markdown_text(layer.summary));
    text += fenced(lines);
  }
  text += "\n### " + loss_heading(description) + "\n";
  text += fenced(description.loss.equations.all()) + "\n";
  text += to_text(layers_table(description, true), OutputFormat::kMarkdown);
  return text + "\n" + notes(description);
}

/// A count as a whole number, where it is one that JSON's readers take exactly.
Json count_json(double count) {
  constexpr double kLargest = 9007199254740992;  // 2^53
  return count < kLargest ? Json(static_cast<std::uint64_t>(count)) : Json(count);
}

Json json_of(const DescribedLayer& layer) {
  Json parameters = Json::object();
  for (const DescribedVariable& parameter : layer.parameters) {
    parameters[parameter.name.substr(layer.name.size() + 1)] = parameter.size;
  }
  return {{"name", layer.name},
          {"layer", layer.leaf},
          {"summary", layer.summary},
          {"input", layer.input},
          {"output", layer.output},
          {"shapes", parameters},
          {"forward", layer.equations.forward},
          {"backward", layer.equations.backward},
          {"parameters", layer.parameter_count},
          {"multiply_adds", count_json(layer.multiply_adds)},
          {"parameter_bytes", count_json(layer.parameter_bytes)},
          {"optimizer_bytes", count_json(layer.optimizer_bytes)},
          {"block_bytes", count_json(layer.block_bytes)}};
}

std::string json_of(const Description& description) {
  Json layers = Json::array();
  for (const DescribedLayer& layer : description.layers) layers.push_back(json_of(layer));
  const DescribedLoss& loss = description.loss;
  const Json all = {{"source", description.source},
                    {"experiment", description.experiment},
                    {"run", description.run},
                    {"samples", description.samples},
                    {"block", description.block},
                    {"optimizer", description.optimizer},
                    {"input", description.input},
                    {"layers", layers},
                    {"loss",
                     {{"name", loss.name},
                      {"joint", loss.joint},
                      {"forward", loss.equations.forward},
                      {"backward", loss.equations.backward}}},
                    {"parameters", description.parameter_count()},
                    {"multiply_adds", count_json(description.multiply_adds())},
                    {"run_bytes", count_json(description.run_bytes)}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

const std::vector<std::string>& description_format_names() {
  static const std::vector<std::string> kNames = {"text", "markdown", "json", "dot"};
  return kNames;
}

DescriptionFormat description_format(const std::string& name) {
  if (name == "markdown") return DescriptionFormat::kMarkdown;
  if (name == "json") return DescriptionFormat::kJson;
  return name == "dot" ? DescriptionFormat::kDot : DescriptionFormat::kText;
}

std::string to_text(const Description& description, DescriptionFormat format) {
  switch (format) {
    case DescriptionFormat::kMarkdown: return markdown_of(description);
    case DescriptionFormat::kJson: return json_of(description);
    case DescriptionFormat::kDot: return to_dot(description);
    case DescriptionFormat::kText: break;
  }
  return plain_text(description);
}

}  // namespace nnrun
