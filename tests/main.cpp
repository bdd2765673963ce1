// The doctest program, with BLAS kept to one thread as in nnrun itself.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "math/blas.h"

int main(int count, char** arguments) {
  nnrun::keep_blas_single_threaded();
  return doctest::Context(count, arguments).run();
}
