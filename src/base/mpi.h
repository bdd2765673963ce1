// The MPI library that this program was built with.
#pragma once

#include <string>

namespace nnrun {

/// "Open MPI v4.1.4", or nothing where it was built without.
std::string mpi_version();

}  // namespace nnrun
