// dropout: in training, drops each value by chance, so that no unit can rely on another.
//   y  = x · m / (1 − rate), m = 0 with probability `rate`, else 1     in training
//   y  = x                                                              otherwise
//   dx = dy · m / (1 − rate), or dy
// Source:  Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014; scaled in training rather
//          than afterwards ("inverted"), as the frameworks do
// Shapes:  x, y, dx, dy [N, …]
// Options: rate  real ≥ 0 and < 1: the share that is dropped
// Errors:  none beyond its option
// What is dropped is a function of the seed, the layer's name and place, the number of the update,
// and the value's place in the batch.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/rng.h"
#include "core/layer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

void multiply(std::span<const Scalar> a, std::span<const Scalar> b, std::span<Scalar> product) {
  for (std::size_t i = 0; i < a.size(); ++i) product[i] = a[i] * b[i];
}

class Dropout final : public Layer {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    return std::make_unique<Dropout>(
        options.real("rate", {.least = 0, .most = 1, .open_most = true}));
  }

  explicit Dropout(double rate) : rate_(rate) {}

  Shape output(const Shape& input) const override { return input; }

  /// The factor of each value: 0, or 1 / (1 − rate).
  std::size_t kept(const Shape& input) const override { return drops() ? elements(input) : 0; }

  void forward_in(const Forward& pass) const override {
    if (!pass.facts.train || !drops()) {
      std::copy(pass.x.elements().begin(), pass.x.elements().end(), pass.y.data());
      return;
    }
    draw(pass);
    multiply(pass.x.elements(), pass.kept.elements(), pass.y.elements());
  }

  void backward(const Backward& pass) const override {
    if (pass.dx.empty()) return;
    if (!pass.facts.train || !drops()) {
      std::copy(pass.dy.elements().begin(), pass.dy.elements().end(), pass.dx.data());
      return;
    }
    multiply(pass.dy.elements(), pass.kept.elements(), pass.dx.elements());
  }

 private:
  bool drops() const { return rate_ > 0; }

  void draw(const Forward& pass) const {
    const Stream stream(pass.facts.seed, fmt::format("{}/{}", pass.name, pass.facts.update));
    const std::uint64_t first = std::uint64_t{pass.facts.first_row} * pass.x.columns();
    const auto factor = static_cast<Scalar>(1 / (1 - rate_));
    const auto factors = pass.kept.elements();
    std::array<double, 256> numbers{};
    for (std::size_t done = 0; done < factors.size(); done += numbers.size()) {
      const std::size_t count = std::min(numbers.size(), factors.size() - done);
      stream.uniform(first + done, std::span(numbers).first(count));
      for (std::size_t i = 0; i < count; ++i) {
        factors[done + i] = numbers[i] < rate_ ? Scalar{0} : factor;
      }
    }
  }

  double rate_;
};

const Register<Layer> kDropout{"dropout", "dropout: {rate: 0.5}",
                               "y = x, of which a share is dropped in training", Dropout::from};

}  // namespace
}  // namespace nnrun
