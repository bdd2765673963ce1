#include "report/page.h"

#include <algorithm>

#include "base/text.h"

namespace nnrun {

namespace {

constexpr double kCharacter =
    8.3;  // width of a letter at the page's size of text, on the safe side
constexpr double kMeanCharacter = 7.4;
constexpr double kLine = 22;
constexpr double kTitleLine = 25;
constexpr double kTitleCharacter = 11;
constexpr double kEdge = 14;
constexpr double kNumbersLeft = 62;   // room for the numbers of the y axis
constexpr double kNumbersBelow = 28;  // and of the x axis
constexpr double kSample = 50;        // a legend's piece of line, with the space after it
constexpr double kBetween = 22;       // two columns of the legend

std::size_t fit(double space) {
  return static_cast<std::size_t>(std::max(space / kCharacter, 4.0));
}

std::size_t lines_of(const std::string& text, const TextRoom& room) {
  return std::clamp<std::size_t>((width(printable(text)) + room.columns - 1) / room.columns, 1,
                                 room.lines);
}

std::size_t rounded_up(std::size_t count, std::size_t each) { return (count + each - 1) / each; }

/// How many panels stand beside each other, and how large one is.
struct Grid {
  std::size_t columns = 1;
  double width = 520;
  double height = 320;
};

Grid grid_of(const Picture& picture) {
  const std::size_t count = picture.series.size();
  if (picture.layout == Layout::kOverlay || count == 1) return {};
  if (count <= 4) return {2, 290, 190};
  if (count <= 9) return {3, 240, 160};
  return {count <= 24 ? std::size_t{4} : std::size_t{5}, 210, 140};
}

class Layouter {
 public:
  Layouter(const Picture& picture, const std::vector<std::string>& legend)
      : picture_(picture), legend_(legend), grid_(grid_of(picture)) {}

  Page lay_out() {
    count_ = picture_.layout == Layout::kOverlay ? 1 : picture_.series.size();
    const auto rows = static_cast<double>(rounded_up(count_, grid_.columns));
    const auto columns = static_cast<double>(grid_.columns);
    const double axes_height = rows * grid_.height + (rows - 1) * gap_above();
    page_.y_label = {fit(axes_height + 80), 2};
    left_ = kEdge + kLine * lines(picture_.y_label, page_.y_label) + kNumbersLeft;
    page_.width = left_ + columns * grid_.width + (columns - 1) * kGapBeside + 2 * kEdge;
    page_.title = {fit((page_.width - 2 * kEdge) * kCharacter / kTitleCharacter), 2};
    page_.panel_title = {fit(grid_.width), 1};
    lay_out_legend();
    const double top = kEdge + kTitleLine * lines(picture_.title, page_.title) + gap_above();
    const double legend_top = kEdge + kLine * static_cast<double>(legend_rows_);
    page_.x_label = legend_top + kLine * 0.7;
    const double below = page_.x_label + kLine / 2 + kNumbersBelow;
    page_.height = below + axes_height + top;
    for (std::size_t p = 0; p < count_; ++p) page_.panels.push_back(box(p, page_.height - top));
    return page_;
  }

 private:
  static constexpr double kGapBeside = 34;

  static double lines(const std::string& text, const TextRoom& room) {
    return static_cast<double>(lines_of(text, room));
  }

  /// Above each row of panels stand their titles.
  double gap_above() const { return count_ > 1 ? kLine + 16 : 10; }

  void lay_out_legend() {
    const double space = page_.width - 2 * kEdge;
    page_.legend_text = {fit(space - kSample), 1};
    std::size_t rows = 1;
    while (rows < legend_.size() && legend_width(rows) > space) ++rows;
    legend_rows_ = rows;
    double x = (page_.width - legend_width(rows)) / 2;
    for (std::size_t i = 0; i < legend_.size(); ++i) {
      if (i > 0 && i % rows == 0) x += column_width(i - rows, rows) + kBetween;
      page_.legend.push_back({x, kEdge + kLine * (static_cast<double>(rows - i % rows) - 0.5)});
    }
  }

  /// Of the legend's column that begins with entry `first`.
  double column_width(std::size_t first, std::size_t rows) const {
    std::size_t longest = 0;
    for (std::size_t i = first; i < std::min(first + rows, legend_.size()); ++i) {
      longest = std::max(longest, width(printable(legend_[i])));
    }
    longest = std::min(longest, page_.legend_text.columns);
    return kSample + kMeanCharacter * static_cast<double>(longest);
  }

  /// Of the whole legend, its columns filled one after the other.
  double legend_width(std::size_t rows) const {
    double all = -kBetween;
    for (std::size_t i = 0; i < legend_.size(); i += rows) all += column_width(i, rows) + kBetween;
    return all;
  }

  Box box(std::size_t panel, double top) const {
    const std::size_t row = panel / grid_.columns;
    const std::size_t column = panel % grid_.columns;
    const double left = left_ + static_cast<double>(column) * (grid_.width + kGapBeside);
    const double upper = top - static_cast<double>(row) * (grid_.height + gap_above());
    return {.left = left,
            .right = left + grid_.width,
            .bottom = upper - grid_.height,
            .top = upper,
            .leftmost = column == 0,
            .lowest = panel + grid_.columns >= count_};
  }

  const Picture& picture_;
  const std::vector<std::string>& legend_;
  Grid grid_;
  std::size_t count_ = 1;
  double left_ = 0;
  std::size_t legend_rows_ = 1;
  Page page_;
};

}  // namespace

Page lay_out(const Picture& picture, const std::vector<std::string>& legend) {
  return Layouter(picture, legend).lay_out();
}

}  // namespace nnrun
