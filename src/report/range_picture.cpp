#include "report/range_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace nnrun {

namespace {

constexpr int kRateDigits = 3;

std::string rate_text(double rate) { return shortest(significant(rate, kRateDigits)); }

}  // namespace

OutputTable range_table(const RangeTest& test, OutputFormat format) {
  OutputTable output{{{.name = "update", .numbers = true},
                      {.name = "learning_rate", .numbers = true},
                      {.name = "loss", .numbers = true, .digits = kFigureDigits},
                      {.name = "smoothed_loss", .numbers = true, .digits = kFigureDigits}},
                     {}};
  for (std::size_t i = 0; i < test.steps.size(); ++i) {
    const RangeStep& step = test.steps[i];
    const bool whole = format != OutputFormat::kTable;
    output.rows.push_back({std::to_string(i + 1),
                           whole ? shortest(step.rate) : rate_text(step.rate), shortest(step.loss),
                           shortest(step.smoothed)});
  }
  return output;
}

std::string range_suggestion(const RangeTest& test) {
  constexpr double kSafer = 10;
  const auto steepest = test.steepest();
  if (!steepest) {
    return "the loss does not fall at any of these learning rates: begin with a smaller one, or look at the "
           "network's starting weights";
  }
  const double least = test.steps[test.least()].rate;
  std::string text = fmt::format(
      "the loss falls fastest at learning rate {}; it is least at {}, a tenth of which is {}",
      rate_text(test.steps[*steepest].rate), rate_text(least), rate_text(least / kSafer));
  if (test.least() + 1 == test.steps.size()) {
    text += "; it still falls at the last: a larger --to says more";
  }
  return text;
}

Picture range_picture(const RangeTest& test, const std::string& subject) {
  Picture picture;
  picture.title = subject + ": learning rate range test";
  picture.y_label = "loss";
  picture.x_label = "learning rate";
  picture.x_logarithmic = true;
  Series losses{"of each update", {}, {}};
  Series smoothed{"smoothed", {}, {}};
  double low = test.steps.front().loss;
  double high = low;
  for (const RangeStep& step : test.steps) {
    picture.x_values.push_back(step.rate);
    losses.train.push_back(step.loss);
    smoothed.train.push_back(step.smoothed);
    low = std::min({low, step.loss, step.smoothed});
    high = std::max(high, step.loss);
  }
  picture.series.push_back(std::move(losses));
  const bool differs = std::any_of(test.steps.begin(), test.steps.end(), [](const RangeStep& step) {
    return step.loss != step.smoothed;
  });
  if (differs) picture.series.push_back(std::move(smoothed));
  constexpr double kMargin = 0.05;
  const double margin = kMargin * std::max(high - low, std::abs(high) * kMargin);
  picture.x = {test.steps.front().rate, test.steps.back().rate};
  picture.y = {low - margin, high + margin};
  return picture;
}

}  // namespace nnrun
