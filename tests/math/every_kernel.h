// Runs a test with the kernels of every instruction set that this processor has. Tests know of the
// list of kernels through this header alone.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "base/rng.h"
#include "math/kernel_choice.h"
#include "support.h"

namespace nnrun::test {

/// Calls `body` with each table; the kernels in use stay what they are.
template <class Body>
void with_every_kernel(Body body) {
  for (const Kernels* each : runnable_kernels()) {
    CAPTURE(std::string(each->name));
    body(*each);
  }
}

/// Puts other kernels in use, and those from before back at the end.
class KernelsInUse {
 public:
  explicit KernelsInUse(const Kernels& chosen) : before_(kernels()) { use_kernels(chosen); }
  ~KernelsInUse() { use_kernels(before_); }
  KernelsInUse(const KernelsInUse&) = delete;
  KernelsInUse& operator=(const KernelsInUse&) = delete;
  KernelsInUse(KernelsInUse&&) = delete;
  KernelsInUse& operator=(KernelsInUse&&) = delete;

 private:
  const Kernels& before_;
};

/// Calls `body` with each table while it is in use.
template <class Body>
void with_every_kernel_in_use(Body body) {
  with_every_kernel([&](const Kernels& each) {
    const KernelsInUse in_use(each);
    body(each);
  });
}

/// Normal numbers of a stream of that name.
inline std::vector<Scalar> normal(std::size_t count, const std::string& name, double scale = 1) {
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
