#include "strokes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/rng.h"

namespace nnrun {

namespace {

constexpr std::size_t kCorners = 5;

struct Point {
  double x = 0;
  double y = 0;
};

/// The corners, and how far the stroke reaches on either side.
struct Stroke {
  std::array<Point, kCorners> corners;
  double radius = 0;
};

/// Of a point to the segment from a to b.
double distance(Point p, Point a, Point b) {
  const Point along{b.x - a.x, b.y - a.y};
  const double square = along.x * along.x + along.y * along.y;
  const double t = ((p.x - a.x) * along.x + (p.y - a.y) * along.y) / square;
  const double within = std::clamp(t, 0.0, 1.0);
  return std::hypot(p.x - a.x - within * along.x, p.y - a.y - within * along.y);
}

std::uint8_t pixel(const Stroke& stroke, Point at) {
  double nearest = kStrokeSide;
  for (std::size_t k = 1; k < kCorners; ++k) {
    nearest = std::min(nearest, distance(at, stroke.corners[k - 1], stroke.corners[k]));
  }
  return static_cast<std::uint8_t>(255 * std::clamp(stroke.radius + 0.5 - nearest, 0.0, 1.0));
}

Stroke stroke_of(std::size_t label, std::size_t sample) {
  const Stream classes(1, "strokes");
  const Stream samples(1, "samples");
  std::size_t at = sample * (2 * kCorners + 1);
  Stroke stroke;
  stroke.radius = 1.75 + 0.3 * samples.normal(at++);
  for (std::size_t k = 0; k < kCorners; ++k) {
    const std::size_t corner = 2 * (label * kCorners + k);
    stroke.corners[k].x = 5 + 17 * classes.uniform(corner) + 2.5 * samples.normal(at++);
    stroke.corners[k].y = 5 + 17 * classes.uniform(corner + 1) + 2.5 * samples.normal(at++);
  }
  return stroke;
}

}  // namespace

std::vector<std::uint8_t> stroke_images(std::size_t samples) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(samples * kStrokeSide * kStrokeSide);
  for (std::size_t n = 0; n < samples; ++n) {
    const Stroke stroke = stroke_of(n * kStrokeClasses / samples, n);
    for (std::size_t y = 0; y < kStrokeSide; ++y) {
      for (std::size_t x = 0; x < kStrokeSide; ++x) {
        bytes.push_back(pixel(stroke, {static_cast<double>(x), static_cast<double>(y)}));
      }
    }
  }
  return bytes;
}

}  // namespace nnrun
