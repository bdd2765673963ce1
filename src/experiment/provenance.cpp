#include "experiment/provenance.h"

#include <unistd.h>

#include <array>
#include <build_info.inc>

#include "math/blas.h"
#include "math/kernels.h"

namespace nnrun {

Provenance provenance(std::size_t threads) {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return {kVersion,      kCommit,        __VERSION__, blas_version(),
          blas_kernel(), kernels().name, host.data(), threads};
}

}  // namespace nnrun
