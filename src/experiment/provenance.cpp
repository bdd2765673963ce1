#include "experiment/provenance.h"

#include <build_info.inc>

#include "base/host.h"
#include "math/blas.h"
#include "math/kernels.h"

namespace nnrun {

Provenance provenance(std::size_t threads) {
  return {kVersion,      kCommit,        __VERSION__, blas_version(),
          blas_kernel(), kernels().name, host_name(), threads};
}

}  // namespace nnrun
