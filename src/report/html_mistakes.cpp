#include "report/html_mistakes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/png_writer.h"
#include "base/text.h"
#include "experiment/run_status.h"
#include "report/chosen_runs.h"
#include "report/html_text.h"

namespace nnrun {

namespace {

constexpr std::size_t kMostImages = 24;

/// The values of a sample as bytes: as they are, or from its least number to its largest.
std::vector<std::uint8_t> pixels_of(const Samples& samples, std::size_t position) {
  const std::size_t width = samples.width();
  const std::size_t first = position * width;
  if (!samples.are_numbers()) return {samples.bytes() + first, samples.bytes() + first + width};
  const std::vector<float> numbers(samples.reals() + first, samples.reals() + first + width);
  const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
  const float range = *high > *low ? *high - *low : 1;
  std::vector<std::uint8_t> bytes;
  for (const float number : numbers) {
    bytes.push_back(static_cast<std::uint8_t>(std::lround((number - *low) / range * 255)));
  }
  return bytes;
}

std::string png_of(const Samples& samples, std::size_t position, const Shape& sample) {
  const auto planes = pixels_of(samples, position);
  ColourPicture picture{sample[1], sample[2], {}};
  const std::size_t pixels = sample[1] * sample[2];
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    for (std::size_t colour = 0; colour < 3; ++colour) {
      picture.colours.push_back(planes[pixel + (sample[0] == 3 ? colour * pixels : 0)]);
    }
  }
  return encode_png(picture);
}

class ImagesWriter {
 public:
  ImagesWriter(const Predictions& predictions, const Samples& samples, const Shape& sample)
      : predictions_(predictions), samples_(samples), sample_(sample) {}

  std::string write(const std::string& name) {
    const auto chosen = surest_mistakes(predictions_, kMostImages);
    if (chosen.empty()) return {};
    text_ = "<p class=\"what\">" + html_name(name) + "</p>\n<div class=\"mistakes\">\n";
    for (const std::size_t n : chosen) add(n);
    return text_ + fmt::format(
                       "</div>\n<p class=\"note\">The {} of {} that are wrong with the highest {} "
                       "of the wrong class.</p>\n",
                       counted(chosen.size(), "test image"), wrong(),
                       predictions_.are_probabilities ? "probability" : "score");
  }

 private:
  std::size_t wrong() const { return surest_mistakes(predictions_, predictions_.count()).size(); }

  void add(std::size_t n) {
    constexpr std::size_t kWanted = 84;  // pixels on the screen, in whole multiples
    const std::size_t position = predictions_.positions[n];
    const std::size_t factor = std::max<std::size_t>(1, kWanted / std::max(sample_[1], sample_[2]));
    const std::size_t said = predictions_.predicted[n];
    text_ += fmt::format(
        "<figure title=\"test sample {}, label {}\"><img src=\"{}\" width=\"{}\" height=\"{}\" "
        "alt=\"test sample {}\"><figcaption>{} taken for {}<br>{:.4g}</figcaption></figure>\n",
        position, samples_.labels[position], png_address(png_of(samples_, position, sample_)),
        sample_[2] * factor, sample_[1] * factor, position, predictions_.truth[n], said,
        predictions_.score(n, said));
  }

  const Predictions& predictions_;
  const Samples& samples_;
  const Shape& sample_;
  std::string text_;
};

}  // namespace

std::vector<std::size_t> surest_mistakes(const Predictions& predictions, std::size_t most) {
  std::vector<std::size_t> wrong;
  for (std::size_t n = 0; n < predictions.count(); ++n) {
    if (predictions.predicted[n] != predictions.truth[n]) wrong.push_back(n);
  }
  const auto score = [&](std::size_t n) { return predictions.score(n, predictions.predicted[n]); };
  std::stable_sort(wrong.begin(), wrong.end(),
                   [&](std::size_t a, std::size_t b) { return score(a) > score(b); });
  wrong.resize(std::min(wrong.size(), most));
  return wrong;
}

std::string MistakesWriter::write(const ReportExperiment& experiment) {
  const auto chosen = chosen_runs(experiment, 1);
  if (chosen.empty()) return {};
  const ReportRun& best = experiment.runs[chosen.front().run];
  if (!ended_well(best.stored.status)) return {};
  try {
    const TrainedRun run = read_trained_run(best.stored.folder);
    return is_image(run.experiment.data.facts.sample) ? images(run, chosen.front().name)
                                                      : std::string();
  } catch (const Error& error) {
    return html_not_shown(error);
  }
}

std::string MistakesWriter::images(const TrainedRun& run, const std::string& name) {
  const Data& data = data_.load(run.experiment.data);
  check_data(run, data);
  if (data.test.count() == 0) return {};
  const Fitted fitted = fit_again(run, data.train);
  const Predictions made = predict(run, fitted, every_sample(data.test), pool_);
  return ImagesWriter(made, data.test, run.experiment.data.facts.sample).write(name);
}

}  // namespace nnrun
