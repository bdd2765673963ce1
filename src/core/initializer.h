// How a parameter starts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/rng.h"
#include "base/shape.h"
#include "core/misfit.h"

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

  /// Throws Misfit when it cannot start a parameter of this shape.
  virtual void check(const Shape& /*shape*/) const {}

  /// The parameter's elements, in the order its documented shape is written.
  virtual void fill(const Stream& stream, const Shape& shape, const Fans& fans,
                    std::span<double> values) const = 0;
};

/// An initializer that draws each element for itself.
class ElementInitializer : public Initializer {
 public:
  void fill(const Stream& stream, const Shape& /*shape*/, const Fans& fans,
            std::span<double> values) const final {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = value(stream, i, fans);
  }

  virtual double value(const Stream& stream, std::uint64_t index, const Fans& fans) const = 0;
};

}  // namespace nnrun
