#include <cmath>
#include <numeric>

#include "core/initializer.h"
#include "support.h"

namespace nnrun {

namespace {

std::vector<double> filled(const std::string& text, const Shape& shape, std::uint64_t seed = 1) {
  std::vector<double> values(elements(shape));
  const auto initializer = test::make_from<Initializer>(text);
  initializer->check(shape);
  initializer->fill(Stream(seed, "init/0.dense.weights"), shape, {}, values);
  return values;
}

/// The largest difference of the rows' products from `square` · identity.
double distance(const std::vector<double>& rows, std::size_t count, double square) {
  const std::size_t size = rows.size() / count;
  double largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      const auto* a = rows.data() + i * size;
      const double product = std::inner_product(a, a + size, rows.data() + j * size, 0.0);
      largest = std::max(largest, std::abs(product - (i == j ? square : 0)));
    }
  }
  return largest;
}

std::vector<double> transposed(const std::vector<double>& matrix, std::size_t rows) {
  const std::size_t columns = matrix.size() / rows;
  std::vector<double> other(matrix.size());
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    other[i % columns * rows + i / columns] = matrix[i];
  }
  return other;
}

}  // namespace

TEST_CASE("orthogonal: rows or columns, whichever are fewer, are orthogonal and gain long") {
  CHECK(distance(filled("orthogonal", {30, 50}), 30, 1) < 1e-14);
  CHECK(distance(filled("orthogonal: {gain: 2}", {4, 3, 2, 2}), 4, 4) < 1e-14);
  CHECK(distance(transposed(filled("orthogonal", {50, 30}), 50), 30, 1) < 1e-14);
  CHECK(distance(filled("orthogonal", {100, 100}), 100, 1) < 1e-14);
}

TEST_CASE("orthogonal: the first row is the first draws, made 1 long") {
  const auto drawn = filled("normal: {stddev: 1}", {2, 3});
  const double length =
      std::sqrt(std::inner_product(drawn.begin(), drawn.begin() + 3, drawn.begin(), 0.0));
  const auto found = filled("orthogonal", {2, 3});
  for (std::size_t i = 0; i < 3; ++i) CHECK(found[i] == doctest::Approx(drawn[i] / length));
}

TEST_CASE("orthogonal: another seed draws another matrix") {
  CHECK(filled("orthogonal", {3, 4}) == filled("orthogonal", {3, 4}));
  CHECK(filled("orthogonal", {3, 4}) != filled("orthogonal", {3, 4}, 2));
}

TEST_CASE("orthogonal: a vector is refused, and a gain that is not positive") {
  const auto initializer = test::make_from<Initializer>("orthogonal");
  CHECK_THROWS_WITH_AS(
      initializer->check({5}),
      "orthogonal needs a matrix or a kernel; the parameter is a vector of 5 elements", Misfit);
  CHECK(test::contains(test::mistakes_in<Initializer>("orthogonal: {gain: 0}"),
                       "orthogonal.gain: expected a real number > 0, got 0"));
}

}  // namespace nnrun
