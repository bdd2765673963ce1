// How the outputs of hidden layers lie within the layers' limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/layer.h"

namespace nnrun {

/// How often the units of a hidden layer were at the limits of what it can put out, over some samples.
struct HiddenUnits {
  std::string layer;  ///< "1.sigmoid"
  Layer::Limits limits;
  std::uint64_t samples = 0;
  std::vector<std::uint32_t> at_limit;  ///< for each unit: samples of which it was

  /// Whether an output ends at both sides; else it is at its limit at the lower one alone.
  bool squeezes() const;
  /// The share of all outputs that were at a limit: [0, 1].
  double share_at_limit() const;
  /// Units that were at a limit on every sample.
  std::size_t always_at_limit() const;
  /// Adds what other samples say.
  void add(const HiddenUnits& other);
};

}  // namespace nnrun
