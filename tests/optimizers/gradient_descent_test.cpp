#include <vector>

#include "core/optimizer.h"
#include "support.h"

namespace nnrun {
namespace {

using test::check_close;
using test::make_from;

TEST_CASE("gradient_descent: a step by hand") {
  // w − 0.5 · dw = 1 − 2, 2 + 1, 3 − 0.
  std::vector<Scalar> w = {1, 2, 3};
  const std::vector<Scalar> dw = {4, -2, 0};
  make_from<Optimizer>("gradient_descent")->step({0.5, 1, w, dw, {}, {}});
  check_close(w, {-1, 3, 3});
}

TEST_CASE("gradient_descent: slices of any size give the same bits") {
  constexpr std::size_t kCount = 103;
  std::vector<Scalar> whole(kCount);
  std::vector<Scalar> dw(kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    whole[i] = static_cast<Scalar>(i) / 7;
    dw[i] = static_cast<Scalar>(i * i % 13) / 11;
  }
  auto cut = whole;
  const auto optimizer = make_from<Optimizer>("gradient_descent");
  optimizer->step({0.3, 1, whole, dw, {}, {}});
  for (std::size_t at = 0; at < kCount; at += 5) {
    const std::size_t size = std::min<std::size_t>(5, kCount - at);
    optimizer->step({0.3,
                     1,
                     std::span(cut).subspan(at, size),
                     std::span<const Scalar>(dw).subspan(at, size),
                     {},
                     {}});
  }
  CHECK(whole == cut);
}

TEST_CASE("gradient_descent: options are refused") {
  CHECK(test::contains(test::mistakes_in<Optimizer>("gradient_descent: {momentum: 0.9}"),
                       "unknown key 'momentum'"));
}

}  // namespace
}  // namespace nnrun
