#include "math/blas.h"

#include <cblas.h>
#include <doctest/doctest.h>

namespace nnrun {
namespace {

TEST_CASE("blas: it is kept to one thread") {
  openblas_set_num_threads(2);
  keep_blas_single_threaded();
  CHECK_EQ(openblas_get_num_threads(), 1);
}

TEST_CASE("blas: its name and its kernel are known") {
  CHECK(blas_version().starts_with("OpenBLAS "));
  CHECK_FALSE(blas_kernel().empty());
}

}  // namespace
}  // namespace nnrun
