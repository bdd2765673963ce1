// What made a result: the program and the machine.
#pragma once

#include <cstddef>
#include <string>

namespace nnrun {

/// Facts about the program and the machine that run.json keeps.
struct Provenance {
  std::string version;
  std::string commit;
  std::string compiler;
  std::string blas;
  std::string blas_kernel;  ///< what BLAS chose for this processor
  std::string kernel;       ///< the kernels that nnrun chose
  std::string host;
  std::size_t threads = 1;
};

/// This program, on this machine.
Provenance provenance(std::size_t threads);

}  // namespace nnrun
