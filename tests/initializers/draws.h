// What the tests of initializers share: many draws and their moments.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/initializer.h"
#include "support.h"

namespace nnrun::test {

constexpr std::uint64_t kDraws = 10000;

struct Draws {
  double mean = 0;
  double deviation = 0;
  double least = 0;
  double most = 0;
};

/// 10000 elements of a parameter with these fans, under seed 1.
inline Draws draws(const std::string& initializer, const Fans& fans = {}) {
  const auto made = make_from<Initializer>(initializer);
  const Stream stream(1, "init/0.dense.weights");
  std::vector<double> values(kDraws);
  made->fill(stream, {kDraws}, fans, values);
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / static_cast<double>(kDraws);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return {mean, std::sqrt(squares / static_cast<double>(kDraws)), *least, *most};
}

/// Draws of N(mean, deviation²): four standard errors on either side.
inline void check_normal(const Draws& found, double mean, double deviation) {
  CHECK(std::abs(found.mean - mean) < 0.04 * deviation);
  CHECK(std::abs(found.deviation / deviation - 1) < 0.0283);
  CHECK(found.most > mean + 3 * deviation);
  CHECK(found.least < mean - 3 * deviation);
}

/// Draws of U(low, high): within, and close to both ends.
inline void check_uniform(const Draws& found, double low, double high) {
  const double width = high - low;
  CHECK(found.least >= low);
  CHECK(found.most <= high);
  CHECK(found.least < low + 0.002 * width);
  CHECK(found.most > high - 0.002 * width);
  CHECK(std::abs(found.mean - (low + high) / 2) < 0.0116 * width);
  CHECK(std::abs(found.deviation * std::sqrt(12.0) / width - 1) < 0.02);
}

/// An element depends on its number alone, not on what was drawn before it.
inline void check_independent_of_order(const std::string& initializer) {
  const auto made = make_from<Initializer>(initializer);
  const auto* each = dynamic_cast<const ElementInitializer*>(made.get());
  REQUIRE(each != nullptr);
  const Stream stream(3, "init/1.dense.bias");
  std::vector<double> forwards;
  for (std::uint64_t i = 0; i < 100; ++i) forwards.push_back(each->value(stream, i, {}));
  for (std::uint64_t i = 100; i-- > 0;) CHECK_EQ(each->value(stream, i, {}), forwards[i]);
}

}  // namespace nnrun::test
