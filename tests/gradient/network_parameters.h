// A network's parameters drawn at random, and their gradients by differences.
#pragma once

#include <cmath>
#include <functional>
#include <span>
#include <vector>

#include "gradient/differences.h"
#include "train/network.h"

namespace nnrun::test {

/// Away from zero; those that are not trained are positive, as a running variance must be.
inline std::vector<Scalar> random_parameters(const Network& network) {
  auto values = away_from_zero(network.parameter_count(), "parameters");
  for (const NetworkParameter& parameter : network.parameters()) {
    if (parameter.declared.trained) continue;
    for (Scalar& value : std::span(values).subspan(parameter.offset, parameter.size)) {
      value = std::abs(value);
    }
  }
  return values;
}

/// Checks the gradient of the parameters that are trained.
inline void check_parameters(const Network& network, const std::vector<Scalar>& gradient,
                             std::vector<Scalar>& parameters, const std::function<double()>& loss) {
  for (const NetworkParameter& parameter : network.parameters()) {
    if (!parameter.declared.trained) continue;
    CAPTURE(parameter.name);
    check_gradient(gradient, parameters, parameter.offset, parameter.size, loss);
  }
}

}  // namespace nnrun::test
