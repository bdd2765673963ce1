// Runs a test with the kernels of every instruction set that this processor has.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "base/rng.h"
#include "math/kernel_choice.h"
#include "support.h"

namespace nnrun::test {

template <class Body>
void with_every_kernel(Body body) {
  for (const Kernels* each : runnable_kernels()) {
    CAPTURE(std::string(each->name));
    body(*each);
  }
}

/// Normal numbers of a stream of that name.
inline std::vector<Scalar> normal(std::size_t count, const char* name, double scale = 1) {
  const Stream stream(1, name);
  std::vector<Scalar> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<Scalar>(scale * stream.normal(i));
  return values;
}

/// A sum in double precision, with the sum of its terms' sizes: what rounding errors are relative to.
struct Sum {
  double value = 0;
  double size = 0;

  void add(double a, double b) {
    value += a * b;
    size += std::abs(a * b);
  }
};

/// Within 1e-5 of the double-precision sums.
inline void check_sums(const Scalar* found, const std::vector<Sum>& expected) {
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double error = std::abs(static_cast<double>(found[i]) - expected[i].value);
    if (!(error <= 1e-5 * expected[i].size)) ++wrong;
  }
  CHECK_EQ(wrong, 0);
}

}  // namespace nnrun::test
