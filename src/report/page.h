// Where everything of a picture stands, in points of a screen (SVG's px; a PNG has two for each).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/picture.h"

namespace nnrun {

/// The edges of one diagram's axes, from the lower left corner of the page.
struct Box {
  double left = 0;
  double right = 0;
  double bottom = 0;
  double top = 0;
  bool leftmost = true;  ///< others go without the numbers of the y axis
  bool lowest = true;    ///< others go without those of the x axis
};

/// Where a legend's entry begins, at the middle of its height.
struct Spot {
  double x = 0;
  double y = 0;
};

/// Characters that fit, and lines of them.
struct TextRoom {
  std::size_t columns = 0;
  std::size_t lines = 1;
};

struct Page {
  double width = 0;
  double height = 0;
  TextRoom title;
  TextRoom y_label;
  TextRoom panel_title;
  TextRoom legend_text;
  std::vector<Spot> legend;
  double x_label = 0;       ///< the middle of its height
  std::vector<Box> panels;  ///< one that holds all series, or one for each
};

/// Lays out a picture whose legend has these entries.
Page lay_out(const Picture& picture, const std::vector<std::string>& legend);

}  // namespace nnrun
