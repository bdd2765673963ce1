#include "core/activation.h"

#include <algorithm>
#include <vector>

#include "layers/layer_values.h"
#include "math/elementwise.h"

namespace nnrun {
namespace {

using test::Matrix;

/// y = x², and the largest block it was asked for.
class Square final : public Activation {
 public:
  std::size_t largest() const { return largest_; }
  static constexpr std::size_t kMost = kMostElements;

 private:
  void values(Elements x, Results y) const override {
    largest_ = std::max(largest_, x.size());
    map(x, y, [](Scalar v) { return v * v; });
  }

  void derivatives(Elements x, Results d) const override {
    map(x, d, [](Scalar v) { return 2 * v; });
  }

  mutable std::size_t largest_ = 0;
};

TEST_CASE("activation: every element of every block is done, and dx is dy f'(x)") {
  for (const std::size_t columns : {1U, 511U, 512U, 1500U}) {
    Matrix x(2, columns);
    for (std::size_t i = 0; i < 2 * columns; ++i) x.values()[i] = static_cast<Scalar>(i);
    const Matrix dy(2, columns, std::vector<Scalar>(2 * columns, 3));
    const Square square;
    const auto y = test::forward(square, x);
    const auto dx = test::backward(square, x, dy).dx;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < 2 * columns; ++i) {
      const auto value = static_cast<Scalar>(i);
      if (y[i] != value * value || dx[i] != 6 * value) ++wrong;
    }
    CHECK_EQ(wrong, 0);
    CHECK_EQ(square.largest(), std::min(2 * columns, Square::kMost));
  }
}

TEST_CASE("activation: it takes any shape and has no parameters, and its dx may be left out") {
  const Square square;
  CHECK(square.output({3, 5, 7}) == Shape{3, 5, 7});
  CHECK(square.parameters({3}).empty());
  const Matrix x(1, 2, {1, 2});
  std::vector<Scalar> none;
  square.backward({none, x.view(), x.view(), x.view(), {}, none});
}

}  // namespace
}  // namespace nnrun
