// Every layer forward and back as PyTorch does it.
#include <numeric>

#include "golden/golden.h"
#include "train/network.h"

namespace nnrun {
namespace {

using nlohmann::json;
using test::check_golden;
using test::Matrix;

/// Layers and options whose golden files came before them; to be emptied.
const std::set<std::string> kPending = {
    "avg_pool2d",        "batch_norm",   "conv2d",     "dense: {units: 2, bias: none}",
    "dropout",           "elu",          "flatten",    "gelu",
    "global_avg_pool2d", "hard_sigmoid", "identity",   "layer_norm",
    "leaky_relu",        "log_softmax",  "max_pool2d", "reshape",
    "residual",          "selu",         "silu",       "softplus"};

/// One layer with the parameters, the samples and the dy of a golden case.
class LayerCase {
 public:
  LayerCase(const std::string& name, const json& golden)
      : name_(name),
        golden_(golden),
        sample_(golden.at("input").get<Shape>()),
        layer_(test::make_from<Layer>(golden.at("yaml").get<std::string>())),
        network_(sample_),
        x_(matrix("x", elements(sample_))),
        dy_(matrix("dy", elements(layer_->output(sample_)))) {
    network_.add(name, layer_);
    parameters_.resize(network_.parameter_count());
    for (const NetworkParameter& parameter : network_.parameters()) {
      const auto given = golden.at("parameters").at(short_name(parameter)).get<AlignedScalars>();
      const auto places = places_of(parameter);
      REQUIRE_EQ(given.size(), places.size());
      for (std::size_t i = 0; i < given.size(); ++i) parameters_[places[i]] = given[i];
    }
  }

  void check() const {
    REQUIRE_EQ(golden_.at("parameters").size(), network_.parameters().size());
    CHECK_EQ(layer_->output(sample_), golden_.at("output").get<Shape>());
    Matrix y(x_.view().rows(), dy_.view().columns());
    layer_->forward(parameters_, x_.view(), y.view());
    check_golden(y.values(), golden_.at("y"));
    Matrix dx(x_.view().rows(), x_.view().columns());
    AlignedScalars gradient(parameters_.size());
    layer_->backward({parameters_, x_.view(), y.view(), dy_.view(), dx.view(), gradient});
    check_golden(dx.values(), golden_.at("dx"));
    for (const NetworkParameter& parameter : network_.parameters()) {
      CAPTURE(parameter.name);
      check_golden(Network::documented(parameter, gradient),
                   golden_.at("gradients").at(short_name(parameter)));
    }
  }

 private:
  Matrix matrix(const char* key, std::size_t columns) const {
    const auto values = golden_.at(key).get<std::vector<Scalar>>();
    return {values.size() / columns, columns, values};
  }

  /// "weights" of "0.dense.weights".
  std::string short_name(const NetworkParameter& parameter) const {
    return parameter.name.substr(std::string("0..").size() + name_.size());
  }

  /// Where in memory the elements are that the parameter's documented shape has in this order.
  std::vector<std::size_t> places_of(const NetworkParameter& parameter) const {
    std::vector<Scalar> numbered(network_.parameter_count());
    std::iota(numbered.begin(), numbered.end(), Scalar{0});
    const auto documented = Network::documented(parameter, numbered);
    return {documented.begin(), documented.end()};
  }

  std::string name_;
  const json& golden_;
  Shape sample_;
  std::shared_ptr<const Layer> layer_;
  Network network_;
  Matrix x_;
  Matrix dy_;
  AlignedScalars parameters_;
};

TEST_CASE("golden: every layer goes forward and back as PyTorch's does") {
  test::for_each_golden_case<Layer>(
      "layers", kPending,
      [](const std::string& name, const json& golden) { LayerCase(name, golden).check(); });
}

TEST_CASE("golden: a number that is off by more than 1e-5 of the largest is noticed") {
  const std::vector<double> wanted = {1, -4, 0};
  const auto difference = [&](const std::vector<double>& found) {
    return test::golden_difference<double>(found, wanted);
  };
  CHECK(difference({1.00003, -4, -0.00003}) <= test::kGoldenTolerance);
  CHECK(difference({1.00005, -4, 0}) > test::kGoldenTolerance);
  CHECK(difference({std::nan(""), -4, 0}) > test::kGoldenTolerance);
  CHECK(test::golden_difference<double>(std::vector{1e-9}, std::vector{0.0}) >
        test::kGoldenTolerance);
}

}  // namespace
}  // namespace nnrun
