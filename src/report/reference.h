// The reference of all leaves: what experiment files and manifests may name.
#pragma once

#include <string>

namespace nnrun {

/// In GitHub's Markdown; configs/REFERENCE.md is a copy of it.
std::string reference();

}  // namespace nnrun
