// Every layer forward and back as PyTorch does it.
#include <numeric>

#include "golden/golden.h"
#include "layer_pass.h"

namespace nnrun {
namespace {

using nlohmann::json;
using test::check_golden;

/// One layer with the parameters, the samples and the dy of a golden case.
class LayerCase {
 public:
  LayerCase(const std::string& name, const json& golden)
      : name_(name),
        golden_(golden),
        pass_(name, test::make_from<Layer>(golden.at("yaml").get<std::string>()),
              golden.at("input").get<Shape>()) {
    for (const NetworkParameter& parameter : pass_.network().parameters()) {
      const auto given = of(parameter, parameter.declared.trained ? "parameters" : "state");
      const auto places = places_of(parameter);
      REQUIRE_EQ(given.size(), places.size());
      for (std::size_t i = 0; i < given.size(); ++i) pass_.parameters[places[i]] = given[i];
    }
  }

  void check() {
    const auto& parameters = pass_.network().parameters();
    REQUIRE_EQ(count("parameters") + count("state"), parameters.size());
    CHECK_EQ(pass_.network().output(), golden_.at("output").get<Shape>());
    pass_.run(numbers("x"), numbers("dy"), {.train = golden_.at("train").get<bool>()});
    check_golden(pass_.y, golden_.at("y"));
    check_golden(pass_.dx(), golden_.at("dx"));
    for (const NetworkParameter& parameter : parameters) {
      CAPTURE(parameter.name);
      if (parameter.declared.trained) {
        check_golden(Network::documented(parameter, pass_.gradient),
                     golden_.at("gradients").at(short_name(parameter)));
      } else if (golden_.contains("state_after")) {
        check_golden(Network::documented(parameter, pass_.parameters),
                     golden_.at("state_after").at(short_name(parameter)));
      }
    }
  }

 private:
  std::size_t count(const char* key) const {
    return golden_.contains(key) ? golden_.at(key).size() : 0;
  }

  std::vector<Scalar> numbers(const char* key) const {
    return golden_.at(key).get<std::vector<Scalar>>();
  }

  std::vector<Scalar> of(const NetworkParameter& parameter, const char* key) const {
    return golden_.at(key).at(short_name(parameter)).get<std::vector<Scalar>>();
  }

  /// "weights" of "1.dense.weights".
  std::string short_name(const NetworkParameter& parameter) const {
    return parameter.name.substr(std::string("1..").size() + name_.size());
  }

  /// Where in memory the elements are that the parameter's documented shape has in this order.
  std::vector<std::size_t> places_of(const NetworkParameter& parameter) const {
    std::vector<Scalar> numbered(pass_.network().parameter_count());
    std::iota(numbered.begin(), numbered.end(), Scalar{0});
    const auto documented = Network::documented(parameter, numbered);
    return {documented.begin(), documented.end()};
  }

  std::string name_;
  const json& golden_;
  test::LayerPass pass_;
};

TEST_CASE("golden: every layer goes forward and back as PyTorch's does") {
  test::for_each_golden_case<Layer>("layers", [](const std::string& name, const json& golden) {
    LayerCase(name, golden).check();
  });
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
