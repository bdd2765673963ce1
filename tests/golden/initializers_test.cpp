// Large tensors have the moments and bounds of those that PyTorch draws.
#include <cmath>
#include <numeric>

#include "golden/golden.h"
#include "train/network.h"

namespace nnrun {
namespace {

using nlohmann::json;
using test::check_golden;

std::vector<double> filled(const std::string& text, const Shape& shape, const Fans& fans) {
  const auto initializer = test::make_from<Initializer>(text);
  initializer->check(shape);
  std::vector<double> values(elements(shape));
  initializer->fill(Stream(1, "golden"), shape, fans, values);
  return values;
}

/// Both are samples: five standard errors of their difference, or a thousandth of the range.
void check_moments(const json& golden) {
  const auto& fans = golden.at("fans");
  const auto values = filled(golden.at("yaml").get<std::string>(), golden.at("shape").get<Shape>(),
                             {fans.at("in").get<std::size_t>(), fans.at("out").get<std::size_t>()});
  const auto count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double stddev = std::sqrt(squares / count);
  const auto expected = golden.at("stddev").get<double>();
  CHECK(std::abs(mean - golden.at("mean").get<double>()) <= 5 * expected * std::sqrt(2 / count));
  CHECK(std::abs(stddev - expected) <= 5 * expected * std::sqrt(1 / count));
  if (!golden.contains("smallest")) return;
  const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
  const double range = golden.at("largest").get<double>() - golden.at("smallest").get<double>();
  CHECK(std::abs(*smallest - golden.at("smallest").get<double>()) <= 1e-3 * range);
  CHECK(std::abs(*largest - golden.at("largest").get<double>()) <= 1e-3 * range);
}

/// The products of the shorter side's vectors.
void check_orthogonal(const json& golden) {
  const auto shape = golden.at("shape").get<Shape>();
  const auto values = filled(golden.at("yaml").get<std::string>(), shape, {});
  const std::size_t rows = shape[0];
  const std::size_t columns = values.size() / rows;
  const bool by_rows = golden.at("orthogonal") == "rows";
  const std::size_t count = by_rows ? rows : columns;
  const auto length = golden.at("length").get<double>();
  std::vector<double> products(count * count);
  std::vector<double> identity(count * count);
  for (std::size_t i = 0; i < count; ++i) {
    identity[i * count + i] = length * length;
    for (std::size_t j = 0; j < count; ++j) {
      for (std::size_t k = 0; k < values.size() / count; ++k) {
        products[i * count + j] += by_rows ? values[i * columns + k] * values[j * columns + k]
                                           : values[k * columns + i] * values[k * columns + j];
      }
    }
  }
  check_golden(products, json(identity));
}

void check_file(const json& golden) {
  const test::TemporaryFolder folder;
  const auto digits = golden.at("file").get<std::string>();
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  auto leaf = golden.at("yaml").get<std::string>();
  const auto file = test::write_bytes(folder / "weights.npy", bytes);
  leaf.replace(leaf.find("weights.npy"), std::string("weights.npy").size(), file.string());
  check_golden(filled(leaf, golden.at("shape").get<Shape>(), {}), golden.at("values"));
}

/// The fans that a layer says its weights have.
void check_fans(const json& golden) {
  const auto leaf = golden.at("yaml").get<std::string>();
  const auto layer = test::make_from<Layer>(leaf);
  const Parameter weights = layer->parameters(golden.at("input").get<Shape>()).at(0);
  CHECK_EQ(weights.shape, golden.at("weights").get<Shape>());
  CHECK_EQ(weights.fans.in, golden.at("fans").at("in").get<std::size_t>());
  CHECK_EQ(weights.fans.out, golden.at("fans").at("out").get<std::size_t>());
}

TEST_CASE("golden: every initializer draws what PyTorch's draws, for the same fans") {
  test::for_each_golden_case<Initializer>("initializers",
                                          [](const std::string& name, const json& golden) {
                                            if (name == "fans") {
                                              check_fans(golden);
                                            } else if (golden.contains("orthogonal")) {
                                              check_orthogonal(golden);
                                            } else if (golden.contains("file")) {
                                              check_file(golden);
                                            } else {
                                              check_moments(golden);
                                            }
                                          });
}

}  // namespace
}  // namespace nnrun
