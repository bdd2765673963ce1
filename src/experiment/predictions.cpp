#include "experiment/predictions.h"

#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "experiment/run_json.h"

namespace nnrun {

namespace {

/// Which draw of the split the last row of metrics.csv was made with.
std::size_t last_draw(const TrainedRun& run) {
  if (run.experiment.feed.split.shuffle != Shuffle::kEveryEpoch) return 0;
  const auto last = parse_integer(figure_text(run.facts["figures"], "final_epoch"));
  return last && *last > 0 ? static_cast<std::size_t>(*last) : run.experiment.epochs;
}

Evaluator evaluator(const TrainedRun& run, const Fitted& fitted, const Pool& pool) {
  const Experiment& experiment = run.experiment;
  return {experiment.model, run.parameters, fitted, experiment.feed.shards, pool};
}

/// A score for each class, of a network's outputs for one sample.
void add_scores(std::span<const Scalar> outputs, Link link, std::vector<Scalar>& scores) {
  if (outputs.size() == 1) {
    scores.push_back(1 - outputs[0]);
    scores.push_back(outputs[0]);
    return;
  }
  for (const Scalar output : outputs) {
    scores.push_back(link == Link::kLogSoftmax ? std::exp(output) : output);
  }
}

}  // namespace

Asked every_sample(const Samples& samples) {
  Asked all{samples, std::vector<std::uint32_t>(samples.count())};
  std::iota(all.positions.begin(), all.positions.end(), 0U);
  return all;
}

Fitted fit_again(const TrainedRun& run, const Samples& training) {
  const Feed& feed = run.experiment.feed;
  return fit_features(feed, training, draw_split(feed.split, training.labels, feed.split_seed, 0));
}

Asked part_of(const TrainedRun& run, const Data& data, const Fitted& fitted, Part part) {
  if (part == Part::kTest) {
    if (data.test.count() > 0) return every_sample(data.test);
    throw Error(run.shown() +
                ": its data set has no test samples; there may be some of the validation part");
  }
  const Feed& feed = run.experiment.feed;
  Split split = draw_split(feed.split, data.train.labels, feed.split_seed, last_draw(run));
  Asked asked{data.train, std::move(part == Part::kTrain ? split.train : split.validation)};
  if (asked.positions.empty()) throw Error(run.shown() + ": its split has no validation samples");
  fitted.arrange(data.train, asked.positions);
  return asked;
}

Measured measure(const TrainedRun& run, const Fitted& fitted, Asked asked, const Pool& pool) {
  auto network = evaluator(run, fitted, pool);
  Tally tally = network.measure(asked.samples, std::move(asked.positions));
  return {tally.values(run.experiment.model), std::move(tally.confusion)};
}

std::size_t Predictions::runner_up(std::size_t sample) const {
  std::size_t best = predicted[sample] == 0 ? 1 : 0;
  for (std::size_t k = best + 1; k < classes; ++k) {
    if (k != predicted[sample] && score(sample, k) > score(sample, best)) best = k;
  }
  return best;
}

Predictions predict(const TrainedRun& run, const Fitted& fitted, Asked asked, const Pool& pool) {
  const Model& model = run.experiment.model;
  const Link link = model.network.link();
  const auto outputs = evaluator(run, fitted, pool).outputs(asked.samples, asked.positions);
  const ConstMatrixView rows(outputs.data(), asked.positions.size(),
                             outputs.size() / asked.positions.size());
  Predictions made;
  made.classes = model.labels.classes(rows.columns());
  made.are_probabilities = link != Link::kOther;
  model.labels.targets(asked.samples.labels, asked.positions, made.truth);
  made.predicted.resize(rows.rows());
  predict_classes(rows, made.predicted);
  for (std::size_t n = 0; n < rows.rows(); ++n) add_scores(rows.row(n), link, made.scores);
  made.positions = std::move(asked.positions);
  return made;
}

}  // namespace nnrun
