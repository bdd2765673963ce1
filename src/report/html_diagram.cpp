#include "report/html_diagram.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/text.h"
#include "report/html_text.h"
#include "report/ticks.h"

namespace nnrun {

namespace {

constexpr double kWidth = 560;
constexpr double kHeight = 330;
constexpr double kLeft = 58;
constexpr double kRight = kWidth - 22;
constexpr double kTop = 26;
constexpr double kBottom = kHeight - 42;
constexpr std::size_t kLineColours = 7;
constexpr std::size_t kRamp = 12;

class DiagramWriter {
 public:
  explicit DiagramWriter(const Diagram& diagram) : diagram_(diagram) {}

  std::string write() {
    add("<svg class=\"diagram{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n",
        crowded() ? " crowded" : "", kWidth, kHeight, html_attribute(diagram_.name));
    add("<clipPath id=\"{}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>\n",
        diagram_.id, kLeft, kTop - 3, kRight - kLeft + 4, kBottom - kTop + 6);
    add_axes();
    add("<g clip-path=\"url(#{})\">\n", diagram_.id);
    for (const DiagramBand& band : diagram_.bands) add_band(band);
    for (const DiagramLine& line : diagram_.lines) add_line(line);
    for (const DiagramMark& mark : diagram_.marks) add_mark(mark);
    add("</g>\n");
    if (diagram_.numbered) add_numbers();
    add("</svg>\n");
    return std::move(text_);
  }

 private:
  template <class... Values>
  void add(fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Values>(values)...);
  }

  /// From 0 at the low end of the range to 1 at the high one.
  static double share(double value, const Range& range, bool logarithmic) {
    if (!logarithmic) return (value - range.low) / (range.high - range.low);
    return std::log(value / range.low) / std::log(range.high / range.low);
  }
  double x(double value) const {
    return kLeft + share(value, diagram_.x, diagram_.logarithmic_x) * (kRight - kLeft);
  }
  double y(double value) const {
    return kBottom - share(value, diagram_.y, diagram_.logarithmic_y) * (kBottom - kTop);
  }

  void add_axes() {
    add("<g class=\"axes\">\n");
    for (const double tick :
         diagram_.logarithmic_y ? logarithmic_ticks(diagram_.y) : linear_ticks(diagram_.y)) {
      add("<path d=\"M{} {:.1f}H{}\"/><text x=\"{}\" y=\"{:.1f}\" class=\"y\">{}</text>\n", kLeft,
          y(tick), kRight, kLeft - 8, y(tick) + 4, shortest(tick));
    }
    for (const double tick :
         diagram_.logarithmic_x ? logarithmic_ticks(diagram_.x) : linear_ticks(diagram_.x)) {
      add("<path d=\"M{:.1f} {}v5\"/><text x=\"{:.1f}\" y=\"{}\" class=\"x\">{}</text>\n", x(tick),
          kBottom, x(tick), kBottom + 19, shortest(tick));
    }
    add("<path class=\"base\" d=\"M{} {}H{}\"/>\n", kLeft, kBottom, kRight);
    add("<text x=\"{}\" y=\"{}\" class=\"x label\">{}</text>\n", (kLeft + kRight) / 2, kHeight - 6,
        html_text(diagram_.x_label));
    add("<text x=\"4\" y=\"13\" class=\"label\">{}</text>\n</g>\n", html_text(diagram_.y_label));
  }

  /// Half of it would be lost beyond the clip; far beyond, renderers lose the whole line.
  static double near(double place) { return std::clamp(place, -kHeight * 9, kHeight * 10); }

  void add_line(const DiagramLine& line) {
    if (line.run) {
      add(R"(<path class="line {}{}" data-run="{}" d=")", run_colour(*line.run, diagram_.runs),
          line.dashed ? " dashed" : "", *line.run);
    } else {
      text_ += R"(<path class="line neutral" d=")";
    }
    bool drawing = false;
    bool alone = false;  // a point between two gaps is a dot
    for (const Point& at : line.points) {
      const bool shown = can_show(at);
      if (shown) add("{}{:.1f} {:.1f}", drawing ? 'L' : 'M', x(at.first), near(y(at.second)));
      if (!shown && alone) add("h0");
      alone = shown && !drawing;
      drawing = shown;
    }
    add("{}\"/>\n", alone ? "h0" : "");
  }

  bool can_show(const Point& at) const {
    return std::isfinite(at.first) && std::isfinite(at.second) &&
           (!diagram_.logarithmic_y || at.second > 0) && (!diagram_.logarithmic_x || at.first > 0);
  }

  /// There along the upper line, and back along the lower one; without the places where one is missing.
  void add_band(const DiagramBand& band) {
    std::vector<Point> edge;
    std::vector<Point> back;
    for (std::size_t i = 0; i < band.low.size(); ++i) {
      if (!can_show(band.low[i]) || !can_show(band.high[i])) continue;
      edge.push_back(band.high[i]);
      back.push_back(band.low[i]);
    }
    if (edge.empty()) return;
    edge.insert(edge.end(), back.rbegin(), back.rend());
    add(R"(<path class="band {}{}" data-run="{}" d=")", run_colour(band.run, diagram_.runs),
        band.dashed ? " dashed" : "", band.run);
    for (std::size_t i = 0; i < edge.size(); ++i) {
      add("{}{:.1f} {:.1f}", i == 0 ? 'M' : 'L', x(edge[i].first), near(y(edge[i].second)));
    }
    add("Z\"/>\n");
  }

  void add_mark(const DiagramMark& mark) {
    const double left = x(mark.at.first);
    const double top = y(mark.at.second);
    add(R"(<g class="mark {}" data-run="{}"><title>{}</title>)",
        run_colour(mark.run, diagram_.runs), mark.run, html_text(mark.title));
    if (mark.cross) {
      add("<path d=\"M{0:.1f} {1:.1f}l8 8m0 -8l-8 8\"/></g>\n", left - 4, top - 4);
    } else {
      add("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"/></g>\n", left, top, crowded() ? 2 : 4);
    }
  }

  /// More marks than have room for a ring each.
  bool crowded() const {
    constexpr std::size_t kMostRings = 100;
    return diagram_.runs > kMostRings;
  }

  struct Number {
    std::size_t run;
    double left;
    double top;
  };

  /// The numbers of the runs beside the ends of their last lines, moved apart where they would overlap.
  void add_numbers() {
    std::vector<Number> numbers;
    for (const DiagramLine& line : diagram_.lines) {
      const auto last = std::find_if(line.points.rbegin(), line.points.rend(),
                                     [](const Point& at) { return std::isfinite(at.second); });
      if (!line.run || last == line.points.rend() || (diagram_.logarithmic_y && last->second <= 0))
        continue;
      std::erase_if(numbers, [&](const Number& other) { return other.run == *line.run; });
      numbers.push_back(
          {*line.run, x(last->first) + 5, std::clamp(y(last->second), kTop, kBottom)});
    }
    std::stable_sort(numbers.begin(), numbers.end(),
                     [](const Number& a, const Number& b) { return a.top < b.top; });
    move_apart(numbers);
    for (const Number& number : numbers) {
      add("<text class=\"number {}\" data-run=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
          run_colour(number.run, diagram_.runs), number.run, number.left, number.top + 4,
          number.run + 1);
    }
  }

  static void move_apart(std::vector<Number>& numbers) {
    constexpr double kApart = 12;
    for (std::size_t i = 1; i < numbers.size(); ++i) {
      numbers[i].top = std::max(numbers[i].top, numbers[i - 1].top + kApart);
    }
    double lowest = kBottom;
    for (std::size_t i = numbers.size(); i > 0; --i) {
      numbers[i - 1].top = std::min(numbers[i - 1].top, lowest);
      lowest = numbers[i - 1].top - kApart;
    }
  }

  const Diagram& diagram_;
  std::string text_;
};

}  // namespace

std::string html_diagram(const Diagram& diagram) { return DiagramWriter(diagram).write(); }

std::string run_colour(std::size_t run, std::size_t runs) {
  return runs <= kLineColours ? fmt::format("c{}", run) : fmt::format("r{}", run * kRamp / runs);
}

}  // namespace nnrun
