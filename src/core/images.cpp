#include "core/images.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/layer.h"

namespace nnrun {

namespace {

/// "4 × 4 (6 × 6 with its padding)": the second part where it tells something.
std::string sizes(const Extent& extent, const Extent& after, const char* what) {
  const std::string size = to_text(extent);
  return extent == after ? size : fmt::format("{} ({} with its {})", size, to_text(after), what);
}

/// Places of a tile are counted in 32 bits, and on the way back a side may be twice as long.
bool too_large(const Extent& room, std::size_t channels) {
  constexpr std::size_t kMost = std::size_t{1} << 29U;
  return room.height > kMost / room.width || channels > kMost / (room.height * room.width);
}

}  // namespace

void need_images(const std::string& layer, const Shape& input) {
  if (input.size() == 3) return;
  throw Misfit(fmt::format(
      "{} needs images (channels × height × width), but its input is {} for each sample{}", layer,
      to_text(input),
      input.size() == 1 ? "; reshape makes an image of a row: reshape: {shape: [1, 28, 28]}" : ""));
}

WindowedImages slide(const std::string& layer, const Window& window, const Shape& input,
                     std::size_t channels) {
  need_images(layer, input);
  const Extent image = {input[1], input[2]};
  const Extent span = span_of(window);
  const Extent room = padded(image, window);
  if (span.height > room.height || span.width > room.width) {
    throw Misfit(fmt::format("{} has a kernel of {}, larger than the image of {}", layer,
                             sizes(window.kernel, span, "dilation"),
                             sizes(image, room, "padding")));
  }
  const std::size_t most = std::max(input[0], channels);
  if (too_large(room, most)) {
    throw Misfit(fmt::format("{}: an image of {} with {} channels is too large", layer,
                             sizes(image, room, "padding"), most));
  }
  return {input[0], image, window};
}

}  // namespace nnrun
