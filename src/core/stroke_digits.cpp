#include "core/stroke_digits.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace nnrun {

namespace {

struct Point {
  double x = 0;
  double y = 0;
};

constexpr std::size_t kMostCorners = 13;
/// The numbers drawn for a sample: two for each corner, and those of a Hand.
constexpr std::size_t kDraws = 2 * kMostCorners + 8;
constexpr Point kCentre{2, 3};

// The corners of each digit's one stroke, on a sheet 4 wide and 6 high.
constexpr auto kZero = std::to_array<Point>(
    {{2, 0}, {3.4, 0.6}, {4, 3}, {3.4, 5.4}, {2, 6}, {0.6, 5.4}, {0, 3}, {0.6, 0.6}, {2, 0}});
constexpr auto kOne = std::to_array<Point>({{1, 1.2}, {2.2, 0}, {2.2, 6}});
constexpr auto kTwo = std::to_array<Point>(
    {{0.2, 1.3}, {0.8, 0.3}, {2, 0}, {3.3, 0.4}, {3.7, 1.6}, {3.2, 2.8}, {0.2, 6}, {4, 6}});
constexpr auto kThree = std::to_array<Point>({{0.3, 0.6},
                                              {1.8, 0},
                                              {3.3, 0.5},
                                              {3.5, 1.6},
                                              {2.8, 2.6},
                                              {1.6, 2.8},
                                              {3, 3.1},
                                              {3.8, 4.3},
                                              {3.3, 5.5},
                                              {1.8, 6},
                                              {0.2, 5.3}});
constexpr auto kFour = std::to_array<Point>({{3, 6}, {3, 0}, {0, 4.2}, {4, 4.2}});
constexpr auto kFive = std::to_array<Point>({{3.7, 0},
                                             {0.7, 0},
                                             {0.4, 2.7},
                                             {2, 2.3},
                                             {3.4, 2.9},
                                             {3.8, 4.2},
                                             {3.2, 5.5},
                                             {1.8, 6},
                                             {0.2, 5.4}});
constexpr auto kSix = std::to_array<Point>({{3.3, 0.3},
                                            {1.8, 0.6},
                                            {0.6, 2.2},
                                            {0.2, 4},
                                            {0.7, 5.5},
                                            {2, 6},
                                            {3.4, 5.4},
                                            {3.7, 4.2},
                                            {3, 3},
                                            {1.8, 2.8},
                                            {0.5, 3.6}});
constexpr auto kSeven = std::to_array<Point>({{0.1, 0}, {4, 0}, {1.6, 6}});
constexpr auto kEight = std::to_array<Point>({{2, 2.8},
                                              {0.7, 2.1},
                                              {0.5, 0.9},
                                              {2, 0},
                                              {3.5, 0.9},
                                              {3.3, 2.1},
                                              {2, 2.8},
                                              {0.5, 3.9},
                                              {0.3, 5.1},
                                              {2, 6},
                                              {3.7, 5.1},
                                              {3.5, 3.9},
                                              {2, 2.8}});
constexpr auto kNine = std::to_array<Point>({{3.5, 2.4},
                                             {2.2, 3.2},
                                             {0.7, 2.8},
                                             {0.3, 1.5},
                                             {0.9, 0.4},
                                             {2.2, 0},
                                             {3.4, 0.6},
                                             {3.7, 2},
                                             {3.3, 4.2},
                                             {2, 6}});
constexpr std::array<std::span<const Point>, 10> kStrokes = {kZero, kOne, kTwo,   kThree, kFour,
                                                             kFive, kSix, kSeven, kEight, kNine};

/// How one sample is written.
class Hand {
 public:
  Hand(const Stream& draws, std::size_t sample)
      : draws_(draws),
        next_(sample * kDraws),
        height_(kPixels * between(0.8, 1.15)),
        width_(height_ * between(0.8, 1.15)),
        slant_(between(-0.35, 0.35)),
        turn_(between(-0.12, 0.12)),
        place_{kDigitSide / 2.0 + between(-2.5, 2.5), kDigitSide / 2.0 + between(-2.5, 2.5)},
        radius_(between(0.9, 1.7)) {}

  double radius() const { return radius_; }

  /// Where a corner of the sheet comes to lie in the picture.
  Point put(Point corner) {
    const double y = corner.y - kCentre.y + between(-0.25, 0.25);
    const double x = corner.x - kCentre.x + between(-0.25, 0.25) - slant_ * y;
    return {place_.x + width_ * (x - turn_ * y), place_.y + height_ * (y + turn_ * x)};
  }

 private:
  double between(double least, double most) {
    return least + (most - least) * draws_.uniform(next_++);
  }

  static constexpr double kPixels = 3.2;  // of a unit of the sheet: a digit is some 19 pixels high

  const Stream& draws_;
  std::uint64_t next_;  ///< the members below are drawn in their order
  double height_;
  double width_;
  double slant_;
  double turn_;
  Point place_;
  double radius_;
};

/// Of a point to the segment from a to b.
double distance(Point p, Point a, Point b) {
  const Point along{b.x - a.x, b.y - a.y};
  const double square = along.x * along.x + along.y * along.y;
  const double part = square > 0 ? ((p.x - a.x) * along.x + (p.y - a.y) * along.y) / square : 0;
  const double within = std::clamp(part, 0.0, 1.0);
  const Point off{p.x - a.x - within * along.x, p.y - a.y - within * along.y};
  return std::sqrt(off.x * off.x + off.y * off.y);
}

/// The pixels from `least` to `most` that are in the picture: [first, last).
std::array<std::size_t, 2> pixels_between(double least, double most) {
  const double side = kDigitSide;
  return {static_cast<std::size_t>(std::clamp(std::floor(least), 0.0, side)),
          static_cast<std::size_t>(std::clamp(std::ceil(most) + 1, 0.0, side))};
}

/// Makes pixels as bright as their distance to the segment says, where they are not brighter.
void draw_segment(Point a, Point b, double radius, std::span<std::uint8_t> pixels) {
  const double reach = radius + 0.5;
  const auto columns = pixels_between(std::min(a.x, b.x) - reach, std::max(a.x, b.x) + reach);
  const auto rows = pixels_between(std::min(a.y, b.y) - reach, std::max(a.y, b.y) + reach);
  for (std::size_t y = rows[0]; y < rows[1]; ++y) {
    for (std::size_t x = columns[0]; x < columns[1]; ++x) {
      const Point at{static_cast<double>(x), static_cast<double>(y)};
      const double light = std::clamp(reach - distance(at, a, b), 0.0, 1.0);
      std::uint8_t& pixel = pixels[y * kDigitSide + x];
      pixel = std::max(pixel, static_cast<std::uint8_t>(std::lround(255 * light)));
    }
  }
}

}  // namespace

void draw_digit(std::size_t digit, const Stream& draws, std::size_t sample,
                std::span<std::uint8_t> pixels) {
  assert(pixels.size() == kDigitSide * kDigitSide);
  const std::span<const Point> stroke = kStrokes.at(digit);
  Hand hand(draws, sample);
  Point before = hand.put(stroke.front());
  for (std::size_t c = 1; c < stroke.size(); ++c) {
    const Point corner = hand.put(stroke[c]);
    draw_segment(before, corner, hand.radius(), pixels);
    before = corner;
  }
}

}  // namespace nnrun
