// What the tests of optimizers share: steps with given gradients.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/optimizer.h"
#include "same_bits.h"
#include "support.h"

namespace nnrun::test {

using Scalars = std::vector<Scalar>;

/// Parameters with what an optimizer remembers of them.
class Steps {
 public:
  Steps(const std::string& optimizer, Scalars start)
      : optimizer_(make_from<Optimizer>(optimizer)),
        w_(std::move(start)),
        state_(optimizer_->slots() * w_.size()),
        numbers_(optimizer_->numbers()) {}

  /// One step, `slice` parameters at a time.
  void take(double rate, const Scalars& dw, std::size_t slice) {
    ++update_;
    for (std::size_t from = 0; from < w_.size(); from += slice) {
      const std::size_t size = std::min(slice, w_.size() - from);
      optimizer_->step({rate, update_, std::span(w_).subspan(from, size),
                        std::span(dw).subspan(from, size),
                        OptimizerState(state_, from, w_.size(), size), numbers_});
    }
  }
  void take(double rate, const Scalars& dw) { take(rate, dw, w_.size()); }

  const Scalars& w() const { return w_; }

 private:
  std::unique_ptr<Optimizer> optimizer_;
  Scalars w_;
  Scalars state_;
  std::vector<double> numbers_;
  std::uint64_t update_ = 0;
};

/// The parameter after each step, of one that starts at `start`.
inline Scalars path(const std::string& optimizer, double rate, Scalar start,
                    const Scalars& gradients) {
  Steps steps(optimizer, {start});
  Scalars all;
  for (const Scalar dw : gradients) {
    steps.take(rate, {dw});
    all.push_back(steps.w()[0]);
  }
  return all;
}

/// Slices of any size give the same bits.
inline void check_slices(const std::string& optimizer) {
  constexpr std::size_t kCount = 103;
  Scalars start(kCount);
  for (std::size_t i = 0; i < kCount; ++i) start[i] = static_cast<Scalar>(i) / 7 - 5;
  Steps whole(optimizer, start);
  Steps cut(optimizer, start);
  for (std::size_t step = 1; step <= 4; ++step) {
    Scalars dw(kCount);
    for (std::size_t i = 0; i < kCount; ++i) {
      dw[i] = static_cast<Scalar>(i * i * step % 13) / 11 - Scalar{0.5};
    }
    whole.take(0.3, dw);
    cut.take(0.3, dw, 4 + step);
  }
  CHECK(same_bits(whole.w(), cut.w()));
}

/// A parameter whose gradient is always 0 stays where it is.
inline void check_rests_without_gradient(const std::string& optimizer) {
  CHECK(path(optimizer, 0.5, 3, {0, 0, 0}) == Scalars{3, 3, 3});
}

/// The bounds of an option: what is wrong with a value of it.
inline std::string mistake_of(const std::string& optimizer, const std::string& option,
                              const std::string& value) {
  return mistakes_in<Optimizer>(optimizer + ": {" + option + ": " + value + "}");
}

inline void check_share(const std::string& optimizer, const std::string& option) {
  CHECK_EQ(mistake_of(optimizer, option, "0"), "");
  CHECK(contains(mistake_of(optimizer, option, "1"), "expected a real number ≥ 0 and < 1, got 1"));
  CHECK(contains(mistake_of(optimizer, option, "-0.1"), "expected a real number ≥ 0 and < 1"));
}

inline void check_positive(const std::string& optimizer, const std::string& option) {
  CHECK(contains(mistake_of(optimizer, option, "0"), "expected a real number > 0, got 0"));
}

/// What every optimizer has.
inline void check_regularisation(const std::string& optimizer, double weight_decay = 0) {
  const auto usual = make_from<Optimizer>(optimizer);
  CHECK_EQ(usual->l2(), 0);
  CHECK_EQ(usual->weight_decay(), weight_decay);
  const auto given = make_from<Optimizer>(optimizer + ": {l2: 0.5, weight_decay: 0.25}");
  CHECK_EQ(given->l2(), 0.5);
  CHECK_EQ(given->weight_decay(), 0.25);
  CHECK(contains(mistake_of(optimizer, "l2", "-1"), "expected a real number ≥ 0"));
  CHECK(contains(mistake_of(optimizer, "weight_decay", "-1"), "expected a real number ≥ 0"));
}

}  // namespace nnrun::test
