#include "train/gradient_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "base/rng.h"
#include "train/whole_batch.h"

namespace nnrun {

namespace {

/// The first is the most exact one where nothing bends sharply, the last ones come between kinks.
constexpr std::array<double, 4> kSteps = {1e-3, 1e-4, 1e-5, 1e-6};
constexpr double kSmallest = 1e-3;
/// The standard deviation of what each number of the point is moved by.
constexpr double kMoved = 0.01;
/// A kink at any place within a step shifts the difference by at most 1.5 times what is then seen in
/// `roughness`.
constexpr double kKinkReach = 4;

/// What values at the point, and a whole and half a step to both sides of it, say of the slope.
struct Slope {
  double difference = 0;
  double roughness = 0;  ///< how far differences disagree that are one for a smooth function
};

Slope slope(Scalar& at, double step, const std::function<double()>& value, double here) {
  const Scalar before = at;
  const auto beside = [&](double shift) {
    at = static_cast<Scalar>(before + shift);
    return value();
  };
  const double above = beside(step);
  const double below = beside(-step);
  const double half_above = beside(step / 2);
  const double half_below = beside(-step / 2);
  at = before;
  const double whole = (above - below) / (2 * step);
  const double half = (half_above - half_below) / step;
  // A smooth function's second differences grow as step²: a kink right at the point shows in them alone.
  const double bend = (above - here) + (below - here);
  const double half_bend = (half_above - here) + (half_below - here);
  return {half + (half - whole) / 3,  // Richardson: the error of order step² cancels
          std::abs(whole - half) + std::abs(bend - 4 * half_bend) / step};
}

/// One element.
struct Verdict {
  double difference = 0;
  double error = std::numeric_limits<double>::infinity();
  bool kink = true;
};

Verdict judge(double gradient, Scalar& at, const std::function<double()>& value, double here) {
  Verdict verdict;
  int smooth = 0;  // steps: at one alone several kinks may hide each other
  for (const double step : kSteps) {
    const Slope found = slope(at, step, value, here);
    const double apart = std::abs(gradient - found.difference);
    const double size = std::max({std::abs(gradient), std::abs(found.difference),
                                  kSmallest * std::max(1.0, std::abs(here))});
    const double error = apart / size;
    if (error <= kGradientTolerance) return {found.difference, error, false};
    if (!(apart <= kKinkReach * found.roughness)) ++smooth;
    if (!(error >= verdict.error)) verdict = {found.difference, error, true};
  }
  verdict.kink = smooth < 2;
  return verdict;
}

void add(GradientComparison& all, std::size_t element, double gradient, const Verdict& verdict) {
  ++all.checked;
  if (verdict.kink) {
    ++all.kinks;
    return;
  }
  if (!(verdict.error <= kGradientTolerance)) ++all.wrong;
  if (!(verdict.error <= all.largest_error) || all.checked - all.kinks == 1) {
    all.largest_error = verdict.error;
    all.where = element;
    all.gradient = gradient;
    all.difference = verdict.difference;
  }
}

/// Gives the samples as if they were parameters, so that their gradient is computed like any other.
class Input final : public Layer {
 public:
  explicit Input(std::size_t rows) : rows_(rows) {}

  Shape output(const Shape& input) const override { return input; }

  std::vector<Parameter> parameters(const Shape& input) const override {
    return {{"x", {rows_, elements(input)}, false, {}, nullptr, {}}};
  }

  void forward(std::span<const Scalar> parameters, ConstMatrixView /*x*/,
               MatrixView y) const override {
    std::copy(parameters.begin(), parameters.end(), y.data());
  }

  void backward(const Backward& pass) const override {
    const auto dy = pass.dy.elements();
    std::transform(dy.begin(), dy.end(), pass.gradient.begin(), pass.gradient.begin(),
                   std::plus<>());
  }

 private:
  std::size_t rows_;
};

/// The loss of the samples, in training, as a function of them and of the parameters: the one place here
/// that knows how a network is run.
class BatchLoss {
 public:
  BatchLoss(const Model& model, std::uint64_t seed, const CheckedSamples& samples)
      : network_(model.network.input()),
        loss_(*model.loss),
        targets_{model.labels.kind, samples.labels},
        point_(samples.x.begin(), samples.x.end()) {
    network_.add("input", std::make_shared<Input>(samples.labels.size()));
    network_.append(model.network);
    const auto starting = model.network.initial_parameters(seed);
    point_.insert(point_.end(), starting.begin(), starting.end());
    move_from_kinks(seed);
    // The first layer takes nothing from the samples but their number.
    const ConstMatrixView rows(nullptr, samples.labels.size(), 0);
    batch_ = std::make_unique<WholeBatch>(network_, point_, rows,
                                          PassFacts{.train = true, .seed = seed});
  }

  /// The samples, then the parameters.
  std::span<Scalar> point() { return point_; }

  double value() {
    const double sum = loss_.sum(batch_->forward(), targets_);
    return loss_.of_batch(sum, targets_.labels.size());
  }

  std::vector<Scalar> gradient() {
    std::vector<Scalar> all(point_.size());
    batch_->forward();
    batch_->backward({loss_, targets_, loss_.gradient_scale(targets_.labels.size())}, all);
    return all;
  }

 private:
  /// Equal pixels, and weights that start at 0, lie on the kinks of relu and max_pool2d.
  void move_from_kinks(std::uint64_t seed) {
    const Stream stream(seed, "gradcheck/point");
    for (std::size_t i = 0; i < point_.size(); ++i) {
      point_[i] += static_cast<Scalar>(kMoved * stream.normal(i));
    }
  }

  Network network_;
  const Loss& loss_;
  Targets targets_;
  AlignedScalars point_;
  std::unique_ptr<WholeBatch> batch_;
};

/// At most `most` elements, ascending; see check_gradients.
std::vector<std::size_t> chosen_elements(std::span<const Scalar> gradient, std::size_t most,
                                         const std::string& name) {
  const auto order = Stream(1, "gradcheck/" + name).permutation(gradient.size());
  std::vector<std::size_t> chosen(order.begin(), order.end());
  if (chosen.size() > most) {
    const auto free = chosen.begin() + static_cast<std::ptrdiff_t>(most / 2);
    std::stable_partition(free, chosen.end(),
                          [&](std::size_t element) { return gradient[element] != 0; });
    chosen.resize(most);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace

GradientComparison compare_gradient(std::span<const Scalar> gradient, std::span<Scalar> at,
                                    const std::function<double()>& value,
                                    std::span<const std::size_t> elements) {
  GradientComparison all;
  const double here = value();
  for (const std::size_t element : elements) {
    const double own = gradient[element];
    add(all, element, own, judge(own, at[element], value, here));
  }
  return all;
}

std::string TensorComparison::place() const {
  std::vector<std::size_t> indices(shape.size());
  std::size_t rest = result.where;
  for (std::size_t axis = shape.size(); axis-- > 0; rest /= shape[axis]) {
    indices[axis] = rest % shape[axis];
  }
  return fmt::format("[{}]", fmt::join(indices, ", "));
}

std::vector<TensorComparison> check_gradients(const Model& model, std::uint64_t seed,
                                              const CheckedSamples& samples, std::size_t most) {
  BatchLoss loss(model, seed, samples);
  const auto gradient = loss.gradient();
  std::vector<TensorComparison> all;
  const auto check = [&](const std::string& name, Shape shape, std::size_t offset,
                         std::size_t size) {
    const auto own = std::span(gradient).subspan(offset, size);
    all.push_back({name, std::move(shape),
                   compare_gradient(
                       own, loss.point().subspan(offset, size), [&] { return loss.value(); },
                       chosen_elements(own, most, name))});
  };
  const std::size_t inputs = samples.x.size();
  const std::size_t rows = samples.labels.size();
  check("x", {rows, inputs / rows}, 0, inputs);
  for (const NetworkParameter& parameter : model.network.parameters()) {
    if (!parameter.declared.trained) continue;
    check(parameter.name, parameter.declared.shape, inputs + parameter.offset, parameter.size);
    TensorComparison& added = all.back();
    added.result.where = documented_index(parameter.declared, added.result.where);
  }
  return all;
}

}  // namespace nnrun
