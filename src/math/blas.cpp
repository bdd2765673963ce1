#include "math/blas.h"

#include <cblas.h>

#include <string_view>

namespace nnrun {

void keep_blas_single_threaded() { openblas_set_num_threads(1); }

std::string blas_version() {
  // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …": the first two words are enough.
  const std::string_view config = openblas_get_config();
  return std::string(config.substr(0, config.find(' ', config.find(' ') + 1)));
}

std::string blas_kernel() { return openblas_get_corename(); }

}  // namespace nnrun
