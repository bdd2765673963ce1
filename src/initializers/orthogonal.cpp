// orthogonal: weights that keep lengths. Of the matrix [rows, rest] the rows are orthogonal to each
// other and `gain` long, or the columns where there are fewer of those.
//   W = gain · Q of the QR decomposition of a matrix of N(0, 1), the diagonal of R positive
// Source:  Saxe, McClelland, Ganguli 2014; Q by Gram and Schmidt, twice: Giraud, Langou 2002
// Shapes:  at least two axes: [K, D], or [K, C, H, W] as the matrix [K, C · H · W]
// Options: gain  real > 0, default 1
// Errors:  a vector
#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// Makes each of `count` vectors, which lie one after the other, orthogonal to those before it and
/// 1 long.
void orthonormalise(std::span<double> vectors, std::size_t count) {
  const std::size_t size = vectors.size() / count;
  for (std::size_t i = 0; i < count; ++i) {
    const auto vector = vectors.subspan(i * size, size);
    for (int again = 0; again < 2; ++again) {
      for (std::size_t j = 0; j < i; ++j) {
        const auto other = vectors.subspan(j * size, size);
        const double along = dot(vector, other);
        for (std::size_t k = 0; k < size; ++k) vector[k] -= along * other[k];
      }
      const double length = std::sqrt(dot(vector, vector));
      for (double& value : vector) value /= length;
    }
  }
}

class Orthogonal final : public Initializer {
 public:
  explicit Orthogonal(Options& options) : gain_(options.real("gain", positive(), 1.0)) {}

  void check(const Shape& shape) const override {
    if (shape.size() >= 2) return;
    throw Misfit(fmt::format(
        "orthogonal needs a matrix or a kernel; the parameter is a vector of {} elements",
        elements(shape)));
  }

  void fill(const Stream& stream, const Shape& shape, const Fans& /*fans*/,
            std::span<double> values) const override {
    const std::size_t rows = shape[0];
    const std::size_t columns = values.size() / rows;
    const bool by_rows = rows <= columns;
    const auto place = [&](std::size_t i) {
      return by_rows ? i : i % columns * rows + i / columns;
    };
    std::vector<double> vectors(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) vectors[place(i)] = stream.normal(i);
    orthonormalise(vectors, by_rows ? rows : columns);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = gain_ * vectors[place(i)];
  }

 private:
  double gain_;
};

const Register<Initializer> kOrthogonal{
    "orthogonal", "orthogonal: {gain: 1}", "rows or columns orthogonal and gain long",
    [](Options& options) { return std::make_unique<Orthogonal>(options); }};

}  // namespace
}  // namespace nnrun
