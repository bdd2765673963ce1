// residual: adds what some layers make of x to x itself.
//   y  = x + f(x), f being the layers one after the other
//   dx = dy + what comes back through f
// Source:  He, Zhang, Ren, Sun 2016
// Shapes:  x, y, dx, dy [N, …]; f keeps the shape
// Options: layers  a list of at least one layer, as `network` has them
// Errors:  layers that change the shape
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "core/layer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Residual final : public Layer {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    std::vector<Named> layers;
    for (const Slot& slot : options.list("layers", list_form(leaf_form(kKind)), true)) {
      auto made = make<Layer>(slot);
      if (made.leaf) layers.emplace_back(std::move(made.name), std::move(made.leaf));
    }
    return std::make_unique<Residual>(std::move(layers));
  }

  explicit Residual(std::vector<Named> layers) : layers_(std::move(layers)) {}

  Shape output(const Shape& input) const override {
    Shape shape = input;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      const auto& [name, layer] = layers_[i];
      try {
        shape = layer->output(shape);
      } catch (const Misfit& misfit) {
        throw Misfit(fmt::format("layers[{}].{}: {}", i, name, misfit.what()));
      }
    }
    if (shape == input) return input;
    throw Misfit(
        fmt::format("residual adds its input to what its layers make of it, but they make {} of {}",
                    to_text(shape), to_text(input)));
  }

  std::span<const Named> branch() const override { return layers_; }

  void backward(const Backward& /*pass*/) const override {}  // its layers are called, not it

 private:
  std::vector<Named> layers_;
};

const Register<Layer> kResidual{"residual", "residual: {layers: [{dense: {units: 5}}, tanh]}",
                                "y = x + f(x), f being layers of its own", Residual::from};

}  // namespace
}  // namespace nnrun
