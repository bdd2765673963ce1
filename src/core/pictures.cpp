#include "core/pictures.h"

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

namespace nnrun {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) throw Error(printable(folder.string()) + ": " + error.message());
  std::erase_if(names, [](const std::string& name) { return name.starts_with('.'); });
  std::sort(names.begin(), names.end());
  return names;
}

std::string picture_bytes(const fs::path& path) {
  constexpr std::size_t kMost = std::size_t{64} << 20U;
  return read_file(path, kMost);
}

Picture8 picture_of(std::string_view content, const fs::path& path) {
  if (is_png(content)) return decode_png(content, path);
  throw Error(printable(path.string()) +
              ": not a PNG file; what is to be passed over needs a name that begins with a dot");
}

Shape shape_of(const Picture8& picture) {
  return {picture.channels, picture.height, picture.width};
}

}  // namespace nnrun
