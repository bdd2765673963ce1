// An experiment file with everything that goes into it: the files it extends and `--set`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.h"
#include "config/node.h"

namespace nnrun {

/// A value that is put into a document after its files were read.
struct Override {
  Mark mark;          ///< where it was written; unknown for an argument
  std::string where;  ///< what messages about it begin with: "--set epochs=25", "set.epochs"
  std::string path;   ///< dotted: "network.0.dense.units"
  Node value;
};

/// Arguments `PATH=VALUE` of `--set`.
std::vector<Override> parse_overrides(const std::vector<std::string>& arguments,
                                      Diagnostics& diagnostics);

/// Reads `path` and the files it extends (each path relative to the file that names it; mappings
/// merge, everything else replaces), then applies the overrides in order. Nothing when a mistake was
/// added to `diagnostics`.
std::optional<Node> load_document(const std::filesystem::path& path,
                                  const std::vector<Override>& overrides, Diagnostics& diagnostics);

}  // namespace nnrun
