// lbfgs: steps of a quasi-Newton method, which knows curvature by how the gradient has changed.
//   g = dw, of all parameters; at each step but the first y = g − (the g before) and s = t · d of the
//   step before
//   where y · s > 1e-10 the pair is remembered, the last `history` of them, and h = y · s / y · y
//   d = −H g by the two loops over the pairs, H = h at their centre; −g at the first step
//   w = w + t · d,  t = rate; at the first step rate · min(1, 1 / Σ|g|)
//   no step where max|g| ≤ 1e-7, of which nothing is remembered, or where g · d > −1e-9
// Source:  Nocedal, Wright 2006, algorithms 7.4 and 7.5, without a line search: what PyTorch's
//          LBFGS(lr = rate, max_iter = 1, history_size = history) does of being called once an epoch
// Shapes:  all parameters as one vector; sums over them are made in double precision
// Options: history           whole number ≥ 1, default 10
//          l2, weight_decay  real ≥ 0, default 0 (core/optimizer.h)
// Errors:  mini-batches; a layer with a learning rate of its own
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/optimizer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

using Vector = std::span<Scalar>;
using ConstVector = std::span<const Scalar>;

double dot(ConstVector a, ConstVector b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  }
  return sum;
}

void add_scaled(Vector x, double factor, ConstVector direction) {
  const auto scale = static_cast<Scalar>(factor);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += scale * direction[i];
}

bool is_flat(ConstVector g) {
  constexpr double kFlat = 1e-7;
  return std::all_of(g.begin(), g.end(), [](Scalar value) { return std::abs(value) <= kFlat; });
}

double sum_of_sizes(ConstVector g) {
  double sum = 0;
  for (const Scalar value : g) sum += static_cast<double>(std::abs(value));
  return sum;
}

/// What is remembered from step to step. Pair 0 is the oldest.
class Memory {
 public:
  static constexpr std::size_t kNumbers = 5;  ///< beside those of each pair
  static constexpr std::size_t kSlots = 2;    ///< beside those of each pair

  Memory(const Optimizer::Step& step, std::size_t history) : step_(step), history_(history) {}

  double& steps() const { return step_.numbers[0]; }
  double& scale() const { return step_.numbers[1]; }   ///< t of the step before
  double& centre() const { return step_.numbers[2]; }  ///< h
  Vector direction() const { return step_.state[0]; }
  Vector gradient() const { return step_.state[1]; }  ///< of the step before

  std::size_t pairs() const { return static_cast<std::size_t>(step_.numbers[3]); }
  Vector s(std::size_t pair) const { return step_.state[kSlots + 2 * place(pair)]; }
  Vector y(std::size_t pair) const { return step_.state[kSlots + 2 * place(pair) + 1]; }
  double& ys(std::size_t pair) const { return step_.numbers[kNumbers + place(pair)]; }

  /// The place for a new pair, that of the oldest when there is no more room.
  std::size_t make_room() const {
    double& count = step_.numbers[3];
    double& oldest = step_.numbers[4];
    if (pairs() < history_) {
      ++count;
    } else {
      oldest = static_cast<double>((static_cast<std::size_t>(oldest) + 1) % history_);
    }
    return pairs() - 1;
  }

 private:
  std::size_t place(std::size_t pair) const {
    return (static_cast<std::size_t>(step_.numbers[4]) + pair) % history_;
  }

  const Optimizer::Step& step_;
  std::size_t history_;
};

/// Remembers the pair of the step before, if there was curvature along it.
void remember(const Memory& memory, ConstVector g) {
  constexpr double kLeastCurvature = 1e-10;
  const auto t = static_cast<Scalar>(memory.scale());
  const Vector d = memory.direction();
  const Vector before = memory.gradient();
  double ys = 0;
  double yy = 0;
  for (std::size_t i = 0; i < g.size(); ++i) {
    const auto y = static_cast<double>(g[i] - before[i]);
    ys += y * static_cast<double>(t * d[i]);
    yy += y * y;
  }
  if (!(ys > kLeastCurvature)) return;
  memory.centre() = ys / yy;
  const std::size_t pair = memory.make_room();
  memory.ys(pair) = ys;
  for (std::size_t i = 0; i < g.size(); ++i) {
    memory.s(pair)[i] = t * d[i];
    memory.y(pair)[i] = g[i] - before[i];
  }
}

/// d = −H g
void find_direction(const Memory& memory, ConstVector g) {
  const Vector d = memory.direction();
  for (std::size_t i = 0; i < g.size(); ++i) d[i] = -g[i];
  std::vector<double> taken(memory.pairs());
  for (std::size_t pair = memory.pairs(); pair-- > 0;) {
    taken[pair] = dot(memory.s(pair), d) / memory.ys(pair);
    add_scaled(d, -taken[pair], memory.y(pair));
  }
  const auto centre = static_cast<Scalar>(memory.centre());
  for (Scalar& value : d) value *= centre;
  for (std::size_t pair = 0; pair < memory.pairs(); ++pair) {
    add_scaled(d, taken[pair] - dot(memory.y(pair), d) / memory.ys(pair), memory.s(pair));
  }
}

class Lbfgs final : public Optimizer {
 public:
  explicit Lbfgs(Options& options)
      : Optimizer(options),
        history_(static_cast<std::size_t>(options.whole("history", whole_between(1, kMost), 10))) {}

  bool is_whole() const override { return true; }
  std::size_t slots() const override { return Memory::kSlots + 2 * history_; }
  std::size_t numbers() const override { return Memory::kNumbers + history_; }

  void step(const Step& step) const override {
    constexpr double kLeastDescent = 1e-9;
    const ConstVector g = step.gradient;
    if (is_flat(g)) return;
    const Memory memory(step, history_);
    const bool first = memory.steps() == 0;
    if (first) {
      memory.centre() = 1;
    } else {
      remember(memory, g);
    }
    find_direction(memory, g);
    memory.steps() += 1;
    memory.scale() = first ? std::min(1.0, 1 / sum_of_sizes(g)) * step.rate : step.rate;
    std::copy(g.begin(), g.end(), memory.gradient().begin());
    if (dot(g, memory.direction()) > -kLeastDescent) return;
    add_scaled(step.parameters, memory.scale(), memory.direction());
  }

 private:
  static constexpr std::int64_t kMost = 1000;

  std::size_t history_;
};

const Register<Optimizer> kLbfgs{"lbfgs", "lbfgs: {history: 10}",
                                 "quasi-Newton steps from the last gradients; full batch only",
                                 [](Options& options) { return std::make_unique<Lbfgs>(options); }};

}  // namespace
}  // namespace nnrun
