#include "core/activation.h"

#include <algorithm>

#include "math/elementwise.h"

namespace nnrun {
namespace {

/// Calls `function(first, count)` for each block of at most `most` of `all` elements.
template <class Function>
void each_block(std::size_t all, std::size_t most, Function function) {
  for (std::size_t first = 0; first < all; first += most) {
    function(first, std::min(most, all - first));
  }
}

}  // namespace

void Activation::forward(std::span<const Scalar> /*parameters*/, ConstMatrixView x,
                         MatrixView y) const {
  each_block(x.size(), kMostElements, [&](std::size_t first, std::size_t count) {
    values(x.elements().subspan(first, count), y.elements().subspan(first, count));
  });
}

void Activation::backward(const Backward& pass) const {
  each_block(pass.dx.size(), kMostElements, [&](std::size_t first, std::size_t count) {
    const Results dx = pass.dx.elements().subspan(first, count);
    derivatives(pass.x.elements().subspan(first, count), dx);
    update(dx, pass.dy.elements().subspan(first, count),
           [](Scalar d, Scalar dy) { return dy * d; });
  });
}

}  // namespace nnrun
