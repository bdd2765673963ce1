// A run's network as a reader wants it told: its variables, its layers with their equations, what it takes.
#pragma once

#include <string>
#include <vector>

#include "experiment/sweep.h"
#include "report/equations.h"

namespace nnrun {

/// A variable of the forward pass, as the report's tables I and II have them.
struct DescribedVariable {
  std::string name;  ///< "0.dense.weights"
  std::string what;  ///< "weights of layer 0"
  Shape size;
};

struct DescribedLayer {
  std::string name;       ///< "0.dense"; within a residual layer "2.residual.0.dense"
  std::string leaf;       ///< "dense"
  std::string summary;    ///< the leaf's one line
  std::size_t depth = 0;  ///< how many layers it lies within
  Shape input;            ///< of one sample
  Shape output;
  std::vector<DescribedVariable> parameters;
  std::size_t parameter_count = 0;  ///< elements
  double multiply_adds = 0;         ///< of one sample, forward
  double parameter_bytes = 0;
  double optimizer_bytes = 0;  ///< what the optimizer remembers of the parameters
  double block_bytes = 0;      ///< outputs, their gradients and what is kept, of a block of samples
  Equations equations;
};

struct DescribedLoss {
  std::string name;
  bool joint = false;  ///< its gradient is with respect to what the last layer was given
  Equations equations;
};

struct Description {
  std::string source;       ///< the experiment file
  std::string experiment;   ///< its name
  std::string run;          ///< the run's folder
  std::size_t samples = 0;  ///< N: what a step is computed from
  std::size_t block = 0;    ///< samples of a block
  std::string optimizer;
  Shape input;
  std::vector<DescribedLayer> layers;  ///< those within a residual layer before it
  DescribedLoss loss;
  double run_bytes =
      0;  ///< what the run adds to those that it trains with, as `nnrun plan` shows it

  std::size_t parameter_count() const;
  double multiply_adds() const;
  std::vector<DescribedVariable> variables() const;
};

Description describe(const Sweep& sweep, const Run& run);

/// Whether the runs' networks, losses and sizes of a step are told by one description.
bool described_alike(const Run& run, const Run& other);

enum class DescriptionFormat { kText, kMarkdown, kJson, kDot };

/// "text", "markdown", "json", "dot": the default first.
const std::vector<std::string>& description_format_names();
DescriptionFormat description_format(const std::string& name);

/// The description in this format, ended by a line feed. Text takes at most 100 columns.
std::string to_text(const Description& description, DescriptionFormat format);

/// A graph of Graphviz's language: a box for each layer, and for the sum where a branch ends.
std::string to_dot(const Description& description);

}  // namespace nnrun
