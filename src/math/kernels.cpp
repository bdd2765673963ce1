#include "math/kernels.h"

#include <array>

namespace nnrun {

extern const Kernels kBaselineKernels;
#if defined(__x86_64__)
extern const Kernels kAvx512Kernels;
extern const Kernels kAvx2Kernels;
#endif

namespace {

using Choice = std::array<const Kernels*, 4>;

Choice find_runnable() {
  Choice choice{};
  std::size_t count = 0;
#if defined(__x86_64__)
  const bool popcnt = __builtin_cpu_supports("popcnt") != 0;
  const bool avx512 = popcnt && __builtin_cpu_supports("avx512f") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl");
  if (avx512) choice.at(count++) = &kAvx512Kernels;
  if (popcnt && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    choice.at(count++) = &kAvx2Kernels;
  }
#endif
  choice.at(count) = &kBaselineKernels;
  return choice;
}

const Kernels* in_use = *runnable_kernels();

}  // namespace

const Kernels* const* runnable_kernels() {
  static const Choice kChoice = find_runnable();
  return kChoice.data();
}

const Kernels& kernels() { return *in_use; }

void use_kernels(const Kernels& chosen) { in_use = &chosen; }

}  // namespace nnrun
