// A description as a graph.
#include <fmt/format.h>

#include "report/description.h"

namespace nnrun {

namespace {

/// `lines` one below the other; they have neither quotes nor backslashes: names of leaves and numbers.
std::string node(const std::string& name, const std::vector<std::string>& lines) {
  std::string label;
  for (const std::string& line : lines) label += (label.empty() ? "" : "\\n") + line;
  return fmt::format("  \"{}\" [label=\"{}\"];\n", name, label);
}

std::string edge(const std::string& from, const std::string& to, bool around = false) {
  return fmt::format("  \"{}\" -> \"{}\"{};\n", from, to, around ? " [style=dashed]" : "");
}

std::string node(const DescribedLayer& layer) {
  std::vector<std::string> lines = {
      layer.name, fmt::format("{} → {}", to_text(layer.input), to_text(layer.output))};
  if (layer.parameter_count > 0)
    lines.push_back(fmt::format("{} parameters", layer.parameter_count));
  return node(layer.name, lines);
}

/// The edges to each layer. A residual layer stands after those within it, and has two: from the last of
/// them, and around them.
class Edges {
 public:
  void add(const DescribedLayer& layer) {
    if (last_.size() <= layer.depth) last_.resize(layer.depth + 1, last_.back());
    text += edge(last_.back(), layer.name);
    if (last_.size() > layer.depth + 1) {
      last_.resize(layer.depth + 1);
      text += edge(last_.back(), layer.name, true);
    }
    last_.back() = layer.name;
  }

  std::string text;

 private:
  std::vector<std::string> last_ = {"x"};  ///< at each depth
};

}  // namespace

std::string to_dot(const Description& description) {
  std::string nodes = node("x", {"samples", to_text(description.input)});
  Edges edges;
  for (const DescribedLayer& layer : description.layers) {
    nodes += node(layer);
    edges.add(layer);
  }
  const std::string loss = "loss";
  nodes += node(loss, {"loss", description.loss.name});
  edges.text += edge(description.layers.back().name, loss);
  return fmt::format("digraph \"{}\" {{\n  node [shape=box, fontname=\"sans-serif\"];\n{}{}}}\n",
                     description.experiment, nodes, edges.text);
}

}  // namespace nnrun
