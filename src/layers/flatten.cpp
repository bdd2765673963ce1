// flatten: an image as one row of numbers.
//   y  = x, in the order in which it lies in memory: channels, then rows, then columns
//   dx = dy
// Source:  a definition
// Shapes:  x, dx [N, …], y, dy [N, D], D the number of elements of a sample
// Options: none
// Errors:  none
#include "core/layer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Flatten final : public Layer {
 public:
  Shape output(const Shape& input) const override { return {elements(input)}; }
  bool is_view() const override { return true; }
  void backward(const Backward& /*pass*/) const override {}  // a view is never called
};

const Register<Layer> kFlatten{"flatten", "flatten", "an image as one row of numbers",
                               [](Options&) { return std::make_unique<Flatten>(); }};

}  // namespace
}  // namespace nnrun
