// An experiment file with everything that goes into it: the files it extends and `--set`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.h"
#include "config/node.h"

namespace nnrun {

/// Reads `path`, the files it extends (each path relative to the file that names it; mappings
/// merge, everything else replaces), then applies `PATH=VALUE` overrides in order. Nothing when a
/// mistake was added to `diagnostics`.
std::optional<Node> load_document(const std::filesystem::path& path,
                                  const std::vector<std::string>& overrides,
                                  Diagnostics& diagnostics);

}  // namespace nnrun
