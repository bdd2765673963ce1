// Every registered layer's gradients against differences, at its registered example.
#include <string>
#include <vector>

#include "core/layer.h"
#include "gradient/differences.h"

namespace nnrun {
namespace {

using test::away_from_zero;
using test::Matrix;

/// Samples to try on a layer; it is checked on every one that it takes.
const std::vector<Shape> kSampleShapes = {{1}, {2}, {5}, {2, 6, 7}};

constexpr std::size_t kRows = 3;

/// A layer with input, parameters and dy drawn at random; the loss is Σ dy · y.
struct LayerCheck {
  LayerCheck(const Layer& checked, const Shape& sample)
      : layer(checked),
        x(kRows, elements(sample), away_from_zero(kRows * elements(sample), "x")),
        y(kRows, elements(checked.output(sample))),
        dy(kRows, y.view().columns(), away_from_zero(y.values().size(), "dy")) {
    std::size_t count = 0;
    for (const Parameter& parameter : checked.parameters(sample))
      count += elements(parameter.shape);
    parameters = away_from_zero(count, "parameters");
  }

  double loss() {
    layer.forward(parameters, x.view(), y.view());
    double sum = 0;
    for (std::size_t i = 0; i < y.values().size(); ++i) sum += dy.values()[i] * y.values()[i];
    return sum;
  }

  void check() {
    loss();
    Matrix dx(kRows, x.view().columns());
    std::vector<Scalar> gradient(parameters.size(), 1);  // backward adds to what is there
    layer.backward({parameters, x.view(), y.view(), dy.view(), dx.view(), gradient});
    for (Scalar& value : gradient) value -= 1;
    test::check_gradient(dx.values(), x.values(), [&] { return loss(); });
    test::check_gradient(gradient, parameters, [&] { return loss(); });
  }

  const Layer& layer;
  Matrix x;
  Matrix y;
  Matrix dy;
  std::vector<Scalar> parameters;
};

bool takes(const Layer& layer, const Shape& sample) {
  try {
    layer.output(sample);
    return true;
  } catch (const Misfit&) {
    return false;
  }
}

TEST_CASE("layer gradients: every registered layer agrees with differences") {
  const auto& registry = Registry<Layer>::instance();
  REQUIRE_FALSE(registry.names().empty());
  for (const std::string& name : registry.names()) {
    CAPTURE(name);
    const auto layer = test::make_from<Layer>(registry.find(name)->example);
    int checked = 0;
    for (const Shape& sample : kSampleShapes) {
      if (!takes(*layer, sample)) continue;
      CAPTURE(to_text(sample));
      LayerCheck(*layer, sample).check();
      ++checked;
    }
    CHECK(checked > 0);  // a layer that takes none of the shapes needs one of its own above
  }
}

}  // namespace
}  // namespace nnrun
