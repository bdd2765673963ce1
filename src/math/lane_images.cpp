#include "math/lane_images.h"

#include <algorithm>

namespace nnrun {

LaneImages::LaneImages(const LaneLayout& layout) : layout_(layout) {
  list_filled();
  list_windows();
  list_taps();
}

LaneWindows LaneImages::windows() const {
  return {starts_.data(), starts_.size(), taps_.data(), taps_.size(), ranges_.data()};
}

void LaneImages::list_filled() {
  const Line& rows = layout_.filled_rows;
  const Line& columns = layout_.filled_columns;
  filled_.reserve(layout_.channels * rows.count * columns.count);
  for (std::size_t c = 0; c < layout_.channels; ++c) {
    for (std::size_t i = 0; i < rows.count; ++i) {
      const std::size_t row = c * plane() + rows[i] * layout_.plane.width;
      for (std::size_t j = 0; j < columns.count; ++j) {
        filled_.push_back(static_cast<std::uint32_t>(row + columns[j]));
      }
    }
  }
}

void LaneImages::list_windows() {
  const Line& rows = layout_.window_rows;
  const Line& columns = layout_.window_columns;
  starts_.reserve(rows.count * columns.count);
  for (std::size_t i = 0; i < rows.count; ++i) {
    ranges_.insert(ranges_.end(), columns.count, range_at(rows[i]));
    for (std::size_t j = 0; j < columns.count; ++j) {
      starts_.push_back(static_cast<std::uint32_t>(rows[i] * layout_.plane.width + columns[j]));
    }
  }
}

void LaneImages::list_taps() {
  for (std::size_t i = 0; i < layout_.kernel.height; ++i) {
    const std::size_t row = i * layout_.dilation.height * layout_.plane.width;
    for (std::size_t c = 0; c < layout_.window_channels; ++c) {
      for (std::size_t j = 0; j < layout_.kernel.width; ++j) {
        const std::size_t tap = c * plane() + row + j * layout_.dilation.width;
        taps_.push_back(static_cast<std::uint32_t>(tap));
      }
    }
  }
}

/// Of a window that begins in this row: the taps whose rows are among the filled ones.
TapRange LaneImages::range_at(std::size_t row) const {
  const Line& rows = layout_.filled_rows;
  const std::size_t step = layout_.dilation.height;
  // The first kernel row that is at `line` or below.
  const auto first_from = [&](std::size_t line) {
    const std::size_t rows_above = line > row ? (line - row + step - 1) / step : 0;
    return std::min(rows_above, layout_.kernel.height);
  };
  const std::size_t taps = layout_.window_channels * layout_.kernel.width;
  return {static_cast<std::uint32_t>(taps * first_from(rows.first)),
          static_cast<std::uint32_t>(taps * first_from(rows[rows.count - 1] + 1))};
}

LaneImages padded_images(const WindowedImages& images, std::size_t window_channels) {
  const auto& [channels, image, window] = images;
  const Extent windows = windows_over(image, window);
  return LaneImages({.channels = channels,
                     .plane = padded(image, window),
                     .filled_rows = {window.padding.height, 1, image.height},
                     .filled_columns = {window.padding.width, 1, image.width},
                     .window_rows = {0, window.stride.height, windows.height},
                     .window_columns = {0, window.stride.width, windows.width},
                     .window_channels = window_channels,
                     .kernel = window.kernel,
                     .dilation = window.dilation});
}

LaneImages spread_gradients(const WindowedImages& images, std::size_t channels,
                            std::size_t window_channels) {
  const auto& [_, image, window] = images;
  const Extent windows = windows_over(image, window);
  const Extent border = {span_of(window).height - 1, span_of(window).width - 1};
  const Extent& padding = window.padding;
  const Extent plane = {image.height + padding.height + std::max(padding.height, border.height),
                        image.width + padding.width + std::max(padding.width, border.width)};
  return LaneImages({.channels = channels,
                     .plane = plane,
                     .filled_rows = {border.height, window.stride.height, windows.height},
                     .filled_columns = {border.width, window.stride.width, windows.width},
                     .window_rows = {padding.height, 1, image.height},
                     .window_columns = {padding.width, 1, image.width},
                     .window_channels = window_channels,
                     .kernel = window.kernel,
                     .dilation = window.dilation});
}

}  // namespace nnrun
