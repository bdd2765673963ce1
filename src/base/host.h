// The machine's name.
#pragma once

#include <string>

namespace nnrun {

/// As gethostname(2) has it, at most 255 bytes of it; empty when it cannot be had.
std::string host_name();

}  // namespace nnrun
