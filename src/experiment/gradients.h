// The gradients of experiments' networks against differences, in double precision. Everything up to
// this floor is compiled twice (CMakeLists.txt): as namespace nnrun with float for the scalar, and as
// nnrun_double with double. This is the one way from the first to the second: it speaks in types of the
// standard library.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nnrun_double {

struct GradientOptions {
  std::size_t samples =
      0;  ///< the first training samples of the split, or all where there are fewer
  std::size_t elements = 0;  ///< of each parameter, at most
};

/// A parameter of a network, or its input, and how its gradient compares with differences.
struct CheckedGradient {
  std::string name;   ///< "0.dense.weights", or "x" for the samples
  std::string shape;  ///< "64 × 784"
  std::size_t checked = 0;
  std::size_t kinks = 0;     ///< elements at a kink, neither right nor wrong
  std::size_t wrong = 0;     ///< elements
  double largest_error = 0;  ///< relative
  std::string place;         ///< "[3, 17]": the element that has it
  double gradient = 0;       ///< there
  double difference = 0;     ///< there
};

struct CheckedNetwork {
  std::string source;  ///< the experiment file
  std::string run;     ///< "tiny/run": the first grid point with this network
  std::vector<CheckedGradient> gradients;
};

struct GradientCheck {
  std::vector<CheckedNetwork> networks;
  std::string mistake;  ///< why there are none: what is wrong with the files or their data
  int status = 0;       ///< the exit status of that mistake
};

/// Checks every grid point of the files but for those that differ from an earlier one in neither
/// network, loss nor data set. `overrides` are arguments of --set.
GradientCheck check_gradients(const std::vector<std::string>& files,
                              const std::vector<std::string>& overrides,
                              const GradientOptions& options);

}  // namespace nnrun_double
