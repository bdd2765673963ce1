// How training samples are changed at random before they are trained on.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>

#include "base/rng.h"
#include "base/shape.h"
#include "base/tensor.h"

namespace nnrun {

/// One random change of training samples, drawn anew for each sample in each epoch.
class Augmentation {
 public:
  static constexpr const char* kKind = "augmentation";
  virtual ~Augmentation() = default;

  /// The values that are changed: those of the data set (bytes as 0 to 255), or what scaling made of them.
  enum class Stage { kRaw, kScaled };
  virtual Stage stage() const = 0;

  /// Why samples of this shape cannot be changed so, or nothing when they can.
  virtual std::optional<std::string> misfit(const Shape& sample) const = 0;

  /// Changes one sample in place. `draws` is its own; `scratch` has room for one sample more.
  virtual void apply(const Shape& sample, const Stream& draws, std::span<Scalar> values,
                     std::span<Scalar> scratch) const = 0;
};

/// misfit() of what changes images.
inline std::optional<std::string> no_image(const std::string& name, const Shape& sample) {
  if (sample.size() == 3) return std::nullopt;
  return fmt::format("{} changes images [C, H, W], but the samples have {} features in a row", name,
                     to_text(sample));
}

}  // namespace nnrun
