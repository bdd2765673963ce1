// reshape: the same numbers in another shape.
//   y  = x, in the order in which it lies in memory: the last axis runs fastest
//   dx = dy
// Source:  a definition
// Shapes:  x, dx [N, …], y, dy [N, shape…]
// Options: shape  of a sample's output: a list of 1 to 3 whole numbers ≥ 1, such as [1, 28, 28]
// Errors:  samples of another number of elements
#include <fmt/format.h>

#include "config/plain_numbers.h"
#include "core/layer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class Reshape final : public Layer {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    const Form form = list_form(whole_form(kLength), whole_between(1, kMostAxes));
    const auto items = options.list("shape", form, true);
    Shape shape;
    for (const Slot& item : items) shape.push_back(length(item));
    if (items.size() > kMostAxes) {
      options.fail("shape", fmt::format("expected a list of 1 to {} whole numbers, got {} of them",
                                        kMostAxes, items.size()));
      shape.resize(kMostAxes);
    }
    return std::make_unique<Reshape>(std::move(shape));
  }

  explicit Reshape(Shape shape) : shape_(std::move(shape)) {}

  Shape output(const Shape& input) const override {
    if (elements(input) != elements(shape_)) {
      throw Misfit(fmt::format("reshape makes samples of {} elements, but its input has {}",
                               counted(shape_), counted(input)));
    }
    return shape_;
  }

  bool is_view() const override { return true; }
  void backward(const Backward& /*pass*/) const override {}  // a view is never called

 private:
  /// "1 × 28 × 28 = 784", "784".
  static std::string counted(const Shape& shape) {
    const auto count = std::to_string(elements(shape));
    return shape.size() == 1 ? count : to_text(shape) + " = " + count;
  }

  /// One length; what is wrong is reported, and read as 1.
  static std::size_t length(const Slot& slot) {
    if (slot.node == nullptr) return 1;
    return static_cast<std::size_t>(read_whole(slot, kLength, kLength.text()));
  }

  static constexpr std::size_t kMostAxes = 3;
  static constexpr WholeBounds kLength{1, 1 << 21};  // of three, the product can be counted

  Shape shape_;
};

const Register<Layer> kReshape{"reshape", "reshape: {shape: [1, 2, 1]}",
                               "the same numbers in another shape", Reshape::from};

}  // namespace
}  // namespace nnrun
