#include "math/kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "math/every_kernel.h"

namespace nnrun {
namespace {

using test::with_every_kernel;

/// Every so-many-th float between −3e38 and 3e38, in order of their bits.
std::vector<float> all_over() {
  constexpr std::uint32_t kStep = 9973;
  std::vector<float> values;
  for (std::uint64_t bits = 0; bits <= 0xffffffffU; bits += kStep) {
    const auto word = static_cast<std::uint32_t>(bits);
    float value = 0;
    std::memcpy(&value, &word, sizeof value);
    if (std::isfinite(value)) values.push_back(value);
  }
  return values;
}

/// The distance between neighbouring floats at `value`.
double ulp(double value) {
  const auto rounded = static_cast<float>(std::abs(value));
  return static_cast<double>(std::nextafter(rounded, std::numeric_limits<float>::infinity())) -
         static_cast<double>(rounded);
}

/// The largest error of a map, in ulp of the true value.
double worst(Kernels::Map map, double (*truth)(double), const std::vector<float>& x) {
  std::vector<float> y(x.size());
  map(x.data(), y.data(), x.size());
  double most = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double expected = truth(static_cast<double>(x[i]));
    if (!std::isfinite(static_cast<float>(expected))) {
      if (static_cast<double>(y[i]) != static_cast<double>(static_cast<float>(expected)))
        return 1e9;
      continue;
    }
    const double error = std::abs(static_cast<double>(y[i]) - expected) / ulp(expected);
    if (!(error <= most)) most = error;
  }
  return most;
}

std::vector<float> above(float least, std::vector<float> x) {
  std::erase_if(x, [=](float value) { return value <= least; });
  return x;
}

TEST_CASE("kernels: the best one is in use, and all are told apart") {
  CHECK_EQ(&kernels(), runnable_kernels().front());
  std::vector<std::string> names;
  with_every_kernel([&](const Kernels& each) { names.emplace_back(each.name); });
  CHECK_FALSE(names.empty());
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("kernels: the exponential is within 2 ulp from end to end") {
  const auto x = all_over();
  with_every_kernel([&](const Kernels& each) {
    CHECK(worst(
              each.exponential, [](double v) { return std::exp(v); }, x) <= 2);
  });
}

TEST_CASE("kernels: sigmoid and hyperbolic tangent are within 4 ulp from end to end") {
  const auto x = all_over();
  with_every_kernel([&](const Kernels& each) {
    CHECK(worst(
              each.hyperbolic_tangent, [](double v) { return std::tanh(v); }, x) <= 4);
    // Below −87 the sigmoid is no normal number.
    CHECK(worst(
              each.sigmoid, [](double v) { return 1 / (1 + std::exp(-v)); }, above(-87, x)) <= 4);
  });
}

TEST_CASE("kernels: what is left of the exponential and of softplus is exact near zero too") {
  const auto x = all_over();
  with_every_kernel([&](const Kernels& each) {
    CHECK(worst(
              each.exponential_minus_one, [](double v) { return std::expm1(v); }, x) <= 2);
    CHECK(worst(
              each.softplus_excess, [](double v) { return std::log1p(std::exp(-std::abs(v))); },
              x) <= 4);
  });
}

TEST_CASE("kernels: the normal distribution is within 6 ulp down to the least normal number") {
  auto x = all_over();
  for (int i = -13000; i < 7000; ++i) x.push_back(1e-3F * static_cast<float>(i));
  const auto truth = [](double v) { return std::erfc(-v * std::sqrt(0.5)) / 2; };
  with_every_kernel([&](const Kernels& each) {
    CHECK(worst(each.normal_distribution, truth, above(-13, x)) <= 6);
    for (const Scalar value : {-14.2F, -15.0F, -1e20F, -3e38F}) {
      Scalar y = 1;
      each.normal_distribution(&value, &y, 1);
      CHECK(y >= 0);
      CHECK(y < 1e-38F);
    }
  });
}

TEST_CASE("kernels: binary cross-entropy keeps small and large losses") {
  const std::vector<Scalar> z = {-100, -20, -1, 0, 0.5, 3, 18, 100, -100, 2};
  const std::vector<Scalar> y = {0, 0, 1, 1, 0, 1, 1, 0, 1, 0};
  double expected = 0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const auto logit = static_cast<double>(z[i]);
    expected += std::max(logit, 0.0) - static_cast<double>(y[i]) * logit +
                std::log1p(std::exp(-std::abs(logit)));
  }
  with_every_kernel([&](const Kernels& each) {
    CHECK(each.binary_cross_entropy(z.data(), y.data(), z.size()) ==
          doctest::Approx(expected).epsilon(1e-7));
    const Scalar sure = -15;  // log(1 + e⁻¹⁵), of which log(1 + x) in single precision loses most
    const Scalar no = 0;
    CHECK(each.binary_cross_entropy(&sure, &no, 1) ==
          doctest::Approx(std::log1p(std::exp(-15.0))).epsilon(1e-6));
  });
}

TEST_CASE("kernels: what is not a number stays none") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  with_every_kernel([&](const Kernels& each) {
    const std::vector<Scalar> z = {1, nan, 2};
    std::vector<Scalar> a(3);
    each.softmax_rows(z.data(), 1, 3, a.data());
    for (const Scalar value : a) CHECK(std::isnan(value));
    const std::uint32_t label = 0;
    CHECK(std::isnan(each.cross_entropy(z.data(), a.data(), &label, 1, 3)));
    const std::vector<Scalar> y = {0, 0, 0};
    CHECK(std::isnan(each.binary_cross_entropy(z.data(), y.data(), 3)));
  });
}

}  // namespace
}  // namespace nnrun
