// Options that have a value for each side of an image.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/shape.h"
#include "config/options.h"

namespace nnrun {

/// The most that a side of a kernel, a stride, a padding or a dilation may be, in pixels.
inline constexpr std::int64_t kLongestSide = 1 << 16;

/// Reads `5` for both sides, or `{height: 3, width: 5}`; a required key when there is no fallback.
/// Nothing when there is a mistake, which is reported.
std::optional<Extent> read_extent(Options& options, const std::string& key, std::int64_t least,
                                  std::optional<std::int64_t> fallback = {});

/// The same, or the word that is the default and stands for `meant`.
std::optional<Extent> read_extent_or(Options& options, const std::string& key, std::int64_t least,
                                     const std::string& word, const std::optional<Extent>& meant);

}  // namespace nnrun
