#include "math/kernel_choice.h"

#include <algorithm>
#include <cassert>

namespace nnrun {

extern const Kernels kBaselineKernels;
#if defined(__x86_64__)
extern const Kernels kAvx512Kernels;
extern const Kernels kAvx2Kernels;
#endif

namespace {

std::vector<const Kernels*> find_runnable() {
  std::vector<const Kernels*> runnable;
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                    __builtin_cpu_supports("popcnt");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl");
  if (avx512) runnable.push_back(&kAvx512Kernels);
  if (avx2) runnable.push_back(&kAvx2Kernels);
#endif
  runnable.push_back(&kBaselineKernels);
  return runnable;
}

const Kernels* in_use = runnable_kernels().front();

}  // namespace

std::span<const Kernels* const> runnable_kernels() {
  static const std::vector<const Kernels*> kRunnable = find_runnable();
  return kRunnable;
}

std::vector<std::string> kernel_names() {
  std::vector<std::string> names;
  for (const Kernels* each : runnable_kernels()) names.emplace_back(each->name);
  return names;
}

std::vector<std::string> all_kernel_names() {
#if defined(__x86_64__)
  return {kAvx512Kernels.name, kAvx2Kernels.name, kBaselineKernels.name};
#else
  return {kBaselineKernels.name};
#endif
}

const Kernels& kernels() { return *in_use; }

void use_kernels(const Kernels& chosen) { in_use = &chosen; }

void use_kernels(std::string_view name) {
  const auto all = runnable_kernels();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Kernels* each) { return each->name == name; });
  assert(found != all.end());
  use_kernels(**found);
}

}  // namespace nnrun
