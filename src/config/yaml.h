// YAML text to a Node tree and back. YAML is read as plain data.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "config/diagnostics.h"
#include "config/node.h"

namespace nnrun {

inline constexpr std::size_t kLargestFile = 1U << 20U;  ///< bytes of one file
inline constexpr int kDeepest = 16;                     ///< levels of lists and mappings
inline constexpr int kMostEvents = 100000;              ///< scalars, lists and mappings of one file
inline constexpr std::size_t kMostKeys = 1000;          ///< of one mapping

/// Reads one document of at most 1 MiB, 16 levels, 100000 nodes and 1000 keys of a mapping. Refused, each with its place:
/// a second document, anchors, aliases, merge keys, tags, duplicate and null keys, missing values,
/// text that is not UTF-8, control characters. Returns nothing when a mistake was added to
/// `diagnostics`.
std::optional<Node> parse_yaml(std::string_view text, const std::string& file,
                               Diagnostics& diagnostics);

/// The same for a file.
std::optional<Node> read_yaml(const std::filesystem::path& path, Diagnostics& diagnostics);

/// The document as YAML that parse_yaml reads back the same: block style, short nodes on one line.
std::string to_yaml(const Node& root);

}  // namespace nnrun
