#include "math/blas.h"

#include <cblas.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

// OpenBLAS's own, which its header leaves out: a buffer, of those that are free or new, and its return.
extern "C" {
void* blas_memory_alloc(int position);
void blas_memory_free(void* buffer);
}

namespace nnrun {

namespace {

/// Whether there is room for another buffer, whose size is the library's secret: 128 MiB on x86-64, no more
/// elsewhere, and a page.
bool has_room() {
  constexpr std::size_t kBuffer = (std::size_t{128} << 20U) + (std::size_t{1} << 16U);
  void* probe =
      ::mmap(nullptr, kBuffer, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED) return false;
  ::munmap(probe, kBuffer);
  return true;
}

}  // namespace

void restart_without_blas_threads(char** arguments) {
  constexpr const char* kVariable = "OPENBLAS_NUM_THREADS";
  const ProcessLimits limits = process_limits();
  const char* value = std::getenv(kVariable);
  const bool done = value != nullptr && std::string_view(value) == "1";
  if (done || (!limits.address_space && !limits.data)) return;
  if (::setenv(kVariable, "1", 1) == 0) ::execv("/proc/self/exe", arguments);
}

void reserve_blas_buffers(std::size_t threads) {
  constexpr std::size_t kMost = 64;  // beyond, OpenBLAS has to make a longer list, and says so
  static std::size_t reserved = 0;   // they stay for the next time
  const std::size_t count = std::min(threads, kMost);
  std::vector<void*> buffers;
  while (buffers.size() < count && (buffers.size() < reserved || has_room())) {
    buffers.push_back(blas_memory_alloc(0));
  }
  for (void* buffer : buffers) blas_memory_free(buffer);
  reserved = std::max(reserved, buffers.size());
  if (buffers.size() == count) return;
  throw Error(fmt::format(
      "not enough memory: OpenBLAS takes 128 MiB of address space for each of {}, and there is "
      "room for {} (ulimit -v, ulimit -d); raise the limit or take fewer --threads",
      counted(count, "thread"), buffers.size()));
}

void keep_blas_single_threaded() { openblas_set_num_threads(1); }

std::string blas_version() {
  // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …": the first two words are enough.
  const std::string_view config = openblas_get_config();
  return std::string(config.substr(0, config.find(' ', config.find(' ') + 1)));
}

std::string blas_kernel() { return openblas_get_corename(); }

}  // namespace nnrun
