// A diagram as SVG within a page, drawn without any other program.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/figure.h"

namespace nnrun {

/// A place in the units of the axes; NaN in either is a gap.
using Point = std::pair<double, double>;

struct DiagramLine {
  std::optional<std::size_t> run;  ///< its place among the runs: its colour; none: it joins several
  bool dashed = false;
  std::vector<Point> points;
};

/// The room between two lines, in a run's colour.
struct DiagramBand {
  std::size_t run = 0;
  bool dashed = false;  ///< around a dashed line
  std::vector<Point> low;
  std::vector<Point> high;  ///< at the same places
};

/// A point with a ring around it, or a cross where nothing was measured.
struct DiagramMark {
  std::size_t run = 0;
  Point at;
  bool cross = false;
  std::string title;  ///< what a pointer that rests on it is told
};

struct Diagram {
  std::string name;  ///< what a screen reader says of it
  std::string id;    ///< of this diagram alone, in its page
  std::string x_label;
  std::string y_label;
  Range x;
  Range y;
  bool logarithmic_x = false;
  bool logarithmic_y = false;
  std::size_t runs = 0;  ///< of how many runs it shows some
  std::vector<DiagramBand> bands;
  std::vector<DiagramLine> lines;
  std::vector<DiagramMark> marks;
  bool numbered = false;  ///< each run's number stands at the end of its last line
};

/// The <svg> element. Colours and fonts are the style sheet's: class "c0" to "c6" for up to seven
/// runs, else "r0" to "r11".
std::string html_diagram(const Diagram& diagram);

/// The class of a run's colour.
std::string run_colour(std::size_t run, std::size_t runs);

}  // namespace nnrun
