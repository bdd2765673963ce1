// Files as the runs they stand for.
#pragma once

#include <string>
#include <vector>

#include "config/document.h"
#include "experiment/sweep.h"
#include "tiny_experiment.h"

namespace nnrun::test {

/// A file on MNIST, whose facts are known without reading it; lines replace or add keys.
inline const std::string kBase = R"(name: t
dataset: {name: mnist, split: {train: 40000, validation: 20000}}
network:
  - dense: {units: 64, weights: {normal: {stddev: 0.01}}}
  - sigmoid
  - dense: {units: 10}
  - softmax
loss: cross_entropy
)";

/// The same, complete.
inline const std::string kStudyBase = kBase + "learning_rate: 1\nepochs: 5\n";

/// The names of its runs.
inline std::vector<std::string> folders(const Sweep& sweep) {
  std::vector<std::string> names;
  for (const Run& run : sweep.runs) names.push_back(run.folder);
  return names;
}

inline Sweep expanded(const std::string& text) {
  Node document = parse(text);
  number_nodes(document);
  Diagnostics diagnostics;
  auto sweep = expand(std::move(document), diagnostics);
  REQUIRE_EQ(diagnostics.text(), "");
  REQUIRE(sweep);
  return *std::move(sweep);
}

/// What is said of a file that stands for no runs.
inline std::string grid_mistakes(const std::string& text) {
  Node document = parse(text);
  number_nodes(document);
  Diagnostics diagnostics;
  CHECK_FALSE(expand(std::move(document), diagnostics));
  return diagnostics.text();
}

}  // namespace nnrun::test
