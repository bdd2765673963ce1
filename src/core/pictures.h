// Folders of pictures in PNG files.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/png.h"
#include "base/shape.h"

namespace nnrun {

/// The names in a folder, sorted by their bytes, without hidden ones (.NAME). Throws an Error where it cannot be
/// read.
std::vector<std::string> names_in(const std::filesystem::path& folder);

/// The bytes of a picture's file, which must be a regular one.
std::string picture_bytes(const std::filesystem::path& path);

/// The picture that they are; `path` is for messages. Refuses what is no PNG, and what base/png.h does.
Picture8 picture_of(std::string_view content, const std::filesystem::path& path);

/// [channels, height, width].
Shape shape_of(const Picture8& picture);

}  // namespace nnrun
