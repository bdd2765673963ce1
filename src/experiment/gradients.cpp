#include "experiment/gradients.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/error.h"
#include "experiment/sweep.h"
#include "train/features.h"
#include "train/gradient_check.h"
#include "train/split.h"

namespace nnrun {  // compiled with -Dnnrun=nnrun_double, and with double as the scalar

static_assert(sizeof(Scalar) == sizeof(double));

namespace {

/// The first training samples under the experiment's own split and scaling.
CheckedSamples first_samples(const Experiment& experiment, const Data& data, std::size_t most) {
  const Feed& feed = experiment.feed;
  const auto train = draw_split(feed.split, data.train.labels, feed.split_seed, 0).train;
  const FeatureScaling scaling(feed.scale, data.train, train);
  const auto positions = std::span(train).first(std::min(most, train.size()));
  const std::size_t width = elements(data.sample);
  CheckedSamples samples;
  samples.x.resize(positions.size() * width);
  scaling.load(data.train, positions, {samples.x.data(), positions.size(), width});
  for (const std::uint32_t position : positions) {
    samples.labels.push_back(experiment.model.labels(data.train.labels[position]));
  }
  return samples;
}

CheckedGradient described(const TensorComparison& tensor) {
  const GradientComparison& result = tensor.result;
  return {tensor.name,    to_text(tensor.shape), result.checked,
          result.kinks,   result.wrong,          result.largest_error,
          tensor.place(), result.gradient,       result.difference};
}

/// Checks networks one after the other; the samples of the last one are kept.
class Checker {
 public:
  Checker(const GradientOptions& options, GradientCheck& all) : options_(options), all_(all) {}

  void check(const Sweep& sweep) {
    for (const Run& run : sweep.runs) {
      if (seen_.insert(key(run)).second) check(sweep, run);
    }
  }

 private:
  /// What the gradients of a run depend on, but for its seed.
  static std::string key(const Run& run) {
    const auto document = nlohmann::ordered_json::parse(run.configuration);
    std::string text;
    for (const char* field : {"dataset", "network", "loss"}) text += document[field].dump() + "\n";
    return text;
  }

  void check(const Sweep& sweep, const Run& run) {
    const Experiment& experiment = run.experiment;
    if (data_key_ != experiment.data.key) {
      data_ = load_data(experiment.data);
      data_key_ = experiment.data.key;
    }
    CheckedNetwork network{sweep.source, sweep.name + "/" + run.folder, {}};
    const auto samples = first_samples(experiment, data_, options_.samples);
    for (const TensorComparison& tensor :
         check_gradients(experiment.model, experiment.init_seed, samples, options_.elements)) {
      network.gradients.push_back(described(tensor));
    }
    all_.networks.push_back(std::move(network));
  }

  const GradientOptions& options_;
  GradientCheck& all_;
  std::set<std::string> seen_;
  Data data_;
  std::string data_key_;
};

}  // namespace

GradientCheck check_gradients(const std::vector<std::string>& files,
                              const std::vector<std::string>& overrides,
                              const GradientOptions& options) {
  GradientCheck all;
  try {
    Checker checker(options, all);
    for (const Sweep& sweep : load_sweeps(files, overrides)) checker.check(sweep);
  } catch (const Error& error) {
    return {{}, error.what(), static_cast<int>(error.status())};
  }
  return all;
}

}  // namespace nnrun
