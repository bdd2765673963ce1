// How a parameter starts.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/rng.h"

namespace nnrun {

/// What a parameter's starting values may depend on.
struct Fans {
  std::size_t in = 1;   ///< inputs that one output sums over
  std::size_t out = 1;  ///< outputs that one input reaches
};

class Initializer {
 public:
  static constexpr const char* kKind = "initializer";
  virtual ~Initializer() = default;

  /// Element `index` of the parameter, in the order its documented shape is written.
  virtual double value(const Stream& stream, std::uint64_t index, const Fans& fans) const = 0;
};

}  // namespace nnrun
