#include "report/html_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/chosen_runs.h"
#include "report/html_text.h"
#include "report/run_file.h"

namespace nnrun {

namespace {

constexpr std::size_t kMostRuns = 12;
constexpr std::size_t kMostUnits = 64;
constexpr std::size_t kColumns = 16;
constexpr std::size_t kScreenHeight = 56;  // of one unit, in points of a screen
constexpr int kMiddle = 127;

/// Blue, white at the middle, orange; the last colour, of no weight, is the white between pictures.
Palette diverging() {
  constexpr std::array<double, 3> kBlue = {0x0a, 0x4f, 0x8c};
  constexpr std::array<double, 3> kOrange = {0xb3, 0x4a, 0x00};
  Palette palette{};
  for (int i = 0; i < 255; ++i) {
    const double share = std::abs(i - kMiddle) / static_cast<double>(kMiddle);
    const auto& colour = i < kMiddle ? kBlue : kOrange;
    for (std::size_t c = 0; c < 3; ++c) {
      const double light = 255 + (colour.at(c) - 255) * share;
      palette.at(static_cast<std::size_t>(i)).at(c) = static_cast<std::uint8_t>(std::lround(light));
    }
  }
  palette.at(255) = {255, 255, 255};
  return palette;
}

struct UnitShape {
  std::size_t units = 0;
  std::size_t height = 0;
  std::size_t width = 0;
};

std::optional<UnitShape> unit_shape(const Shape& shape, const Shape& sample) {
  if (!is_image(sample)) return std::nullopt;
  if (shape.size() == 4) return UnitShape{shape[0] * shape[1], shape[2], shape[3]};
  if (shape.size() != 2 || shape[1] != elements(sample)) return std::nullopt;
  return UnitShape{shape[0] * sample[0], sample[1], sample[2]};
}

std::uint8_t colour_of(double weight, double largest) {
  if (!std::isfinite(weight) || largest == 0) return kMiddle;
  return static_cast<std::uint8_t>(std::lround(kMiddle + kMiddle * weight / largest));
}

/// "0.dense.weights.npy": of the first layer that has some, by its number.
std::string first_weights(const ReportRun& run) {
  std::string first;
  std::int64_t least = 0;
  for (const auto& [name, digest] : run.facts["files"].items()) {
    if (!name.starts_with("weights/") || !name.ends_with(".weights.npy")) continue;
    const std::string file = name.substr(std::string_view("weights/").size());
    const auto layer = parse_integer(file.substr(0, file.find('.')));
    if (!layer || (!first.empty() && *layer >= least)) continue;
    first = name;
    least = *layer;
  }
  return first;
}

/// [channels, height, width], or what else a sample is.
Shape sample_shape(const ReportRun& run) {
  const auto found = run.facts.find("sample");
  return found == run.facts.end() ? Shape() : found->get<Shape>();
}

std::string html_picture(const WeightPicture& weights, const std::string& run) {
  const bool all = weights.shown == weights.units;
  return fmt::format(
      "<figure class=\"units\"><div class=\"scroll\"><img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\"></div>\n"
      "<figcaption>blue −{:.3g}, orange {:.3g}{}"
      "</figcaption></figure>\n",
      png_address(encode_png(weights.picture, diverging())), weights.picture.width * weights.scale,
      weights.picture.height * weights.scale, html_attribute("first-layer weights of " + run),
      weights.largest, weights.largest,
      all ? "" : fmt::format("; {} of {} units", weights.shown, weights.units));
}

}  // namespace

std::optional<WeightPicture> weight_picture(const NpyArray& weights, const Shape& sample) {
  const auto shape = unit_shape(weights.shape, sample);
  if (!shape || shape->units == 0) return std::nullopt;
  WeightPicture made;
  made.units = shape->units;
  made.shown = std::min(shape->units, kMostUnits);
  const std::size_t columns = std::min(made.shown, kColumns);
  const std::size_t rows = (made.shown + columns - 1) / columns;
  const std::size_t pixels = shape->height * shape->width;
  for (std::size_t i = 0; i < made.shown * pixels; ++i) {
    const double size = std::abs(static_cast<double>(weights.values[i]));
    if (std::isfinite(size)) made.largest = std::max(made.largest, size);
  }
  made.scale =
      std::clamp<std::size_t>(kScreenHeight / std::max(shape->height, shape->width), 2, 12);
  PalettePicture& picture = made.picture;
  picture.height = rows * (shape->height + 1) - 1;
  picture.width = columns * (shape->width + 1) - 1;
  picture.pixels.assign(picture.height * picture.width, 255);
  for (std::size_t i = 0; i < made.shown * pixels; ++i) {
    const std::size_t unit = i / pixels;
    const std::size_t top = unit / columns * (shape->height + 1) + i % pixels / shape->width;
    const std::size_t left = unit % columns * (shape->width + 1) + i % shape->width;
    picture.pixels[top * picture.width + left] =
        colour_of(static_cast<double>(weights.values[i]), made.largest);
  }
  return made;
}

std::string html_weights(const ReportExperiment& experiment) {
  auto chosen = chosen_runs(experiment, kMostRuns);
  for (ChosenRun& shown : chosen) {
    const ReportRun& run = experiment.runs[shown.run];
    const std::string name = first_weights(run);
    if (name.empty()) continue;
    shown.content = html_of_file(run, name, [&](const std::string& bytes) {
      const auto array = read_npy(bytes);
      const auto picture = array ? weight_picture(*array, sample_shape(run)) : std::nullopt;
      return picture ? html_picture(*picture, shown.name) : std::string();
    });
  }
  return html_chosen(chosen, experiment, kMostRuns);
}

}  // namespace nnrun
