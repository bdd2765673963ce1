// The weights of a first layer as pictures of a page.
#pragma once

#include <optional>
#include <string>

#include "base/npy.h"
#include "base/png_writer.h"
#include "base/shape.h"
#include "report/report_source.h"

namespace nnrun {

/// The units of a first layer side by side, white lines between them.
struct WeightPicture {
  PalettePicture picture;
  double largest = 0;     ///< the absolute weight that has the full colour
  std::size_t shown = 0;  ///< units, of all
  std::size_t units = 0;
  std::size_t scale = 2;  ///< points of a screen for each weight
};

/// Of dense weights [units, C × H × W] over samples [C, H, W] that are images, and of conv2d's
/// [filters, channels, H, W]; each channel is a picture. At most 64. Nothing for other shapes.
std::optional<WeightPicture> weight_picture(const NpyArray& weights, const Shape& sample);

/// The first layer's weights of each run on images, negative blue and positive orange. Empty where there
/// are none.
std::string html_weights(const ReportExperiment& experiment);

}  // namespace nnrun
