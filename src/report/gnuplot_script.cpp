#include "report/gnuplot_script.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "report/page.h"
#include "report/ticks.h"

namespace nnrun {

namespace {

// Okabe and Ito's colours, which readers who see no red or no green tell apart, without their
// yellow, which white paper swallows.
constexpr std::array kColours = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                 "#E69F00", "#56B4E9", "#000000"};
// gnuplot's filled circle, square, triangle, diamond, triangle that points down, pentagon. Six
// beside seven colours: 42 runs differ in one or the other.
constexpr std::array kMarks = {7, 5, 9, 13, 11, 15};
static_assert(kColours.size() * kMarks.size() == kMostOverlaid);

constexpr const char* kGrey = "#444444";
constexpr const char* kSolid = "linewidth 1.5 dashtype solid";
constexpr const char* kDashed = "linewidth 2 dashtype (7,5)";
constexpr const char* kShade = "transparent solid 0.2 noborder";
constexpr const char* kShadeSample = "linewidth 12 dashtype solid linecolor rgb \"#CC444444\"";

/// What is drawn of a run.
struct Look {
  std::string train;
  std::string validation;
  std::string train_mark;       ///< filled; empty where one run has a diagram of its own
  std::string validation_mark;  ///< the same shape, open
};

/// A line of the legend.
struct LegendEntry {
  std::string text;
  std::string style;
  std::string mark;  ///< on the piece of line, or empty
};

std::string coloured(std::string_view style, const std::string& colour) {
  return fmt::format("{} linecolor rgb \"{}\"", style, colour);
}

std::string point(int type, const std::string& colour) {
  return fmt::format("pointtype {} pointsize 0.8 linewidth 1.2 linecolor rgb \"{}\"", type, colour);
}

bool is_banded(const Series& series) {
  return !series.train_band.low.empty() || !series.validation_band.low.empty();
}

class Script {
 public:
  Script(const Picture& picture, ImageFormat format)
      : picture_(picture),
        overlaid_(picture.layout == Layout::kOverlay && picture.series.size() > 1),
        has_bands_(std::any_of(picture.series.begin(), picture.series.end(), is_banded)) {
    const auto has = [&](auto part) {
      return std::any_of(picture.series.begin(), picture.series.end(),
                         [&](const Series& series) { return !(series.*part).empty(); });
    };
    has_train_ = has(&Series::train);
    has_validation_ = has(&Series::validation);
    make_legend();
    std::vector<std::string> texts;
    for (const LegendEntry& entry : legend_) texts.push_back(entry.text);
    page_ = lay_out(picture, texts);
    write_head(format);
    for (std::size_t s = 0; s < picture.series.size(); ++s) write_data(s);
    line("unset key\nset multiplot");
    write_texts();
    for (std::size_t p = 0; p < page_.panels.size(); ++p) write_panel(p);
    text_ += "unset multiplot\n";
  }

  std::string take() { return std::move(text_); }

 private:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
    text_ += '\n';
  }

  Look look(std::size_t series) const {
    // Where a diagram shows one run, its two curves take the two colours that differ most.
    if (!overlaid_) return {coloured(kSolid, kColours[0]), coloured(kDashed, kColours[1]), {}, {}};
    const std::string colour = kColours[series % kColours.size()];
    const int mark = kMarks[series % kMarks.size()];
    return {coloured(kSolid, colour), coloured(kDashed, colour), point(mark, colour),
            point(mark - 1, colour)};
  }

  void make_legend() {
    for (std::size_t s = 0; overlaid_ && s < picture_.series.size(); ++s) {
      legend_.push_back({picture_.series[s].label, look(s).train, look(s).train_mark});
    }
    const bool named = picture_.series.size() == 1 && !picture_.series[0].label.empty();
    const std::string before = named ? picture_.series[0].label + ", " : "";
    const auto style = [&](const std::string& own, const char* dashes) {
      return overlaid_ ? coloured(dashes, kGrey) : own;
    };
    if (has_train_) legend_.push_back({before + "training", style(look(0).train, kSolid), {}});
    if (has_validation_) {
      legend_.push_back({before + "validation", style(look(0).validation, kDashed), {}});
    }
    if (!picture_.note.empty()) {
      legend_.push_back({picture_.note, has_bands_ ? kShadeSample : "", {}});
    }
  }

  void write_head(ImageFormat format) {
    line("set encoding utf8");
    if (format == ImageFormat::kSvg) {
      line(
          "set terminal svg noenhanced size {:.0f},{:.0f} fixed font \"Arial,16\" "
          "background rgb \"white\"",
          page_.width, page_.height);
    } else {
      line(
          "set terminal pngcairo noenhanced size {:.0f},{:.0f} font \"Liberation Sans,12\" "
          "fontscale 2 linewidth 2 pointscale 2 background rgb \"white\"",
          2 * page_.width, 2 * page_.height);
    }
    line("set border 3 linewidth 1 linecolor rgb \"{}\"", kGrey);
    line("set grid linetype 1 linewidth 0.75 linecolor rgb \"#DDDDDD\"");
    line("set tics nomirror textcolor rgb \"black\"");
    line("set xrange [{}:{}] noextend", shortest(picture_.x.low), shortest(picture_.x.high));
    line("set yrange [{}:{}] noextend", shortest(picture_.y.low), shortest(picture_.y.high));
    if (picture_.logarithmic) {
      std::vector<std::string> ticks;
      for (const double tick : logarithmic_ticks(picture_.y)) ticks.push_back(shortest(tick));
      line("set logscale y\nset ytics ({})", fmt::join(ticks, ", "));
    }
    const bool few = !picture_.x_logarithmic && picture_.x.high - picture_.x.low <= 10;
    if (few && picture_.x_values.empty()) line("set xtics 1");
    if (picture_.x_logarithmic) line("set logscale x");
  }

  void write_data(std::size_t s) {
    const Series& series = picture_.series[s];
    const auto value = [](const std::vector<double>& values, std::size_t e) {
      return e < values.size() && std::isfinite(values[e]) ? shortest(values[e]) : "NaN";
    };
    line("$run{} << END", s);
    for (std::size_t e = 0; e < std::max(series.train.size(), series.validation.size()); ++e) {
      const std::string x =
          picture_.x_values.empty() ? std::to_string(e) : value(picture_.x_values, e);
      line("{} {} {}{}", x, value(series.train, e), value(series.validation, e),
           has_bands_ ? band_cells(series, e) : "");
    }
    line("END");
  }

  /// The ends of both bands; on a logarithmic axis one that reaches below 0 ends where the axis does.
  std::string band_cells(const Series& series, std::size_t e) const {
    std::string cells;
    for (const CurveBand* band : {&series.train_band, &series.validation_band}) {
      for (const auto* ends : {&band->low, &band->high}) {
        const bool there = e < ends->size() && std::isfinite((*ends)[e]);
        const double least =
            picture_.logarithmic ? picture_.y.low : -std::numeric_limits<double>::infinity();
        cells += " " + (there ? shortest(std::max((*ends)[e], least)) : "NaN");
      }
    }
    return cells;
  }

  /// What stands once on the page, around the panels.
  void write_texts() {
    const Box& first = page_.panels.front();
    double right = first.right;
    for (const Box& box : page_.panels) right = std::max(right, box.right);
    line("set label {} at {} center font \",18\"",
         gnuplot_text(picture_.title, page_.title.columns, page_.title.lines),
         place(page_.width / 2, page_.height - 24));
    line("set label {} at {} center", gnuplot_text(picture_.x_label, page_.title.columns),
         place((first.left + right) / 2, page_.x_label));
    line("set label {} at {} center rotate by 90",
         gnuplot_text(picture_.y_label, page_.y_label.columns, page_.y_label.lines),
         place(20, (first.top + page_.panels.back().bottom) / 2));
    for (std::size_t i = 0; i < legend_.size(); ++i) write_entry(legend_[i], page_.legend[i]);
  }

  void write_entry(const LegendEntry& entry, const Spot& spot) {
    constexpr double kLength = 40;
    if (!entry.style.empty()) {
      line("set arrow from {} to {} nohead {}", place(spot.x, spot.y),
           place(spot.x + kLength, spot.y), entry.style);
    }
    if (!entry.mark.empty()) {
      line("set label \"\" at {} point {}", place(spot.x + kLength / 2, spot.y), entry.mark);
    }
    line("set label {} at {} left", gnuplot_text(entry.text, page_.legend_text.columns),
         place(spot.x + kLength + 8, spot.y));
  }

  void write_panel(std::size_t p) {
    const Box& box = page_.panels[p];
    line("set lmargin at screen {}", across(box.left));
    line("set rmargin at screen {}", across(box.right));
    line("set bmargin at screen {}", up(box.bottom));
    line("set tmargin at screen {}", up(box.top));
    line("set format y \"{}\"", box.leftmost ? "%g" : "");
    line("set format x \"{}\"", box.lowest ? "%g" : "");
    const bool one_each = page_.panels.size() > 1;
    if (one_each) {
      line("set title {} offset 0,-0.4",
           gnuplot_text(picture_.series[p].label, page_.panel_title.columns));
    }
    std::vector<std::string> parts;
    const std::size_t first = one_each ? p : 0;
    const std::size_t end = one_each ? p + 1 : picture_.series.size();
    for (std::size_t s = first; s < end; ++s) add_bands(s, parts);  // behind all curves
    for (std::size_t s = first; s < end; ++s) add_curves(s, parts);
    line("plot {}", parts.empty() ? "NaN" : fmt::format("{}", fmt::join(parts, ", \\\n     ")));
    if (p == 0) line("unset label\nunset arrow");
  }

  void add_bands(std::size_t s, std::vector<std::string>& parts) const {
    const Series& series = picture_.series[s];
    const auto add = [&](const CurveBand& band, const char* columns, const char* colour) {
      if (band.low.empty()) return;
      parts.push_back(
          fmt::format("$run{} using 1:{} with filledcurves fillstyle {} linecolor rgb \"{}\"", s,
                      columns, kShade, colour));
    };
    add(series.train_band, "4:5", kColours[overlaid_ ? s % kColours.size() : 0]);
    add(series.validation_band, "6:7", kColours[overlaid_ ? s % kColours.size() : 1]);
  }

  void add_curves(std::size_t s, std::vector<std::string>& parts) const {
    const Series& series = picture_.series[s];
    const Look own = look(s);
    add_curve(s, series.train, 2, own.train, own.train_mark, parts);
    add_curve(s, series.validation, 3, own.validation, own.validation_mark, parts);
  }

  void add_curve(std::size_t s, const std::vector<double>& values, int column,
                 const std::string& style, const std::string& mark,
                 std::vector<std::string>& parts) const {
    if (values.empty()) return;
    const std::string data = fmt::format("$run{} using 1:{}", s, column);
    parts.push_back(fmt::format("{} with lines {}", data, style));
    // A line of one point would not be seen.
    const bool alone = mark.empty() && (values.size() == 1 || picture_.all_points);
    const char* colour = kColours[column == 2 ? 0 : 1];
    if (alone) parts.push_back(fmt::format("{} with points {}", data, point(7, colour)));
    if (mark.empty()) return;
    parts.push_back(
        fmt::format("{} {} with points {}", data, every(s, values.size(), column == 2), mark));
  }

  /// A few marks on each curve, each at epochs of its own so that none hides another.
  std::string every(std::size_t s, std::size_t rows, bool train) const {
    if (picture_.all_points) return "";
    constexpr std::size_t kMarksOnCurve = 6;
    const std::size_t step = std::max<std::size_t>(rows / kMarksOnCurve, 1);
    const double share =
        (static_cast<double>(s) + 0.5) / static_cast<double>(picture_.series.size());
    const double shifted = std::fmod(share + (train ? 0 : 0.5), 1.0);
    return fmt::format("every {}::{}", step, std::floor(shifted * static_cast<double>(step)));
  }

  /// A place on the page as gnuplot counts it, from 0 to 1.
  std::string across(double x) const { return fmt::format("{:.5f}", x / page_.width); }
  std::string up(double y) const { return fmt::format("{:.5f}", y / page_.height); }
  std::string place(double x, double y) const {
    return fmt::format("screen {}, screen {}", across(x), up(y));
  }

  const Picture& picture_;
  bool overlaid_;
  bool has_bands_;
  bool has_train_ = false;
  bool has_validation_ = false;
  std::vector<LegendEntry> legend_;
  Page page_;
  std::string text_;
};

}  // namespace

std::string to_text(ImageFormat format) { return format == ImageFormat::kSvg ? "svg" : "png"; }

std::string gnuplot_script(const Picture& picture, ImageFormat format) {
  return Script(picture, format).take();
}

}  // namespace nnrun
