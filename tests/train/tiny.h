// Small data, small models and an observer that remembers, for the tests of training.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "core/dataset.h"
#include "same_bits.h"
#include "support.h"
#include "train/active_runs.h"
#include "train/trainer.h"

namespace nnrun::test {

/// Samples of random bytes and labels, of which a share is not zero; `name` draws others.
inline Samples random_samples(std::size_t count, std::size_t width, std::size_t classes,
                              const std::string& name, double share = 1) {
  const Stream stream(1, name);
  const Stream set(1, name + "/set");
  Samples samples;
  for (std::size_t i = 0; i < count * width; ++i) {
    samples.features.push_back(
        set.uniform(i) < share ? static_cast<std::uint8_t>(stream.uniform(i) * 256) : 0);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const double draw = stream.uniform(count * width + i);
    samples.labels.push_back(static_cast<std::uint32_t>(draw * static_cast<double>(classes)));
  }
  return samples;
}

inline Data random_data(std::size_t train, std::size_t test, std::size_t width, std::size_t classes,
                        double share = 1) {
  Data data;
  data.sample = {width};
  data.classes = classes;
  data.train = random_samples(train, width, classes, "train", share);
  data.test = random_samples(test, width, classes, "test", share);
  return data;
}

/// Samples in shards, with their blocks of bytes.
inline Shards shards_of(const Samples& samples, std::span<const std::uint32_t> positions,
                        const Pool& pool) {
  Shards shards(samples);
  shards.assign_and_keep({positions.begin(), positions.end()}, pool);
  return shards;
}

/// The same learning rate all the time.
inline std::shared_ptr<const Schedule> rate_of(double rate) {
  return make_from<Schedule>(fmt::format("constant: {{rate: {}}}", rate));
}

/// Runs at their start, with learning rate 1.
inline std::vector<ActiveRun> runs_of(const std::vector<const Model*>& models) {
  std::vector<ActiveRun> runs(models.size());
  for (std::size_t i = 0; i < models.size(); ++i) {
    runs[i].job = i;
    runs[i].model = models[i];
    runs[i].rates = Rates(rate_of(1), models[i]->network);
    runs[i].rates.set({});
    runs[i].epochs = 1;
    runs[i].parameters = models[i]->network.initial_parameters(1);
  }
  return runs;
}

using Texts = std::vector<std::string>;

/// A network from its layers' texts.
inline Network network_of(const Shape& input, const Texts& layers) {
  Network network(input);
  for (const std::string& text : layers) {
    network.add(text.substr(0, text.find(':')), make_from<Layer>(text));
  }
  return network;
}

inline Model model_of(const Shape& input, const Texts& layers, const std::string& loss,
                      const LabelRule& labels = {}) {
  Model model;
  model.network = network_of(input, layers);
  model.loss = make_from<Loss>(loss);
  model.optimizer = make_from<Optimizer>("gradient_descent");
  model.metrics.push_back({"accuracy", make_from<Metric>("accuracy"), {"accuracy"}});
  model.labels = labels;
  return model;
}

/// A hidden layer and three classes, on samples of `width` features.
inline Model classifier(std::size_t width, const std::string& units = "7") {
  return model_of({width},
                  {"dense: {units: " + units + "}", "sigmoid", "dense: {units: 3}", "softmax"},
                  "cross_entropy");
}

/// Everything that training tells of one run.
struct History {
  std::vector<EpochRecord> rows;
  Outcome outcome;
  int finished = 0;
};

class Recorder final : public TrainingObserver {
 public:
  explicit Recorder(std::size_t jobs) : histories(jobs) {}

  void record(std::size_t job, const EpochRecord& row) override {
    histories.at(job).rows.push_back(row);
  }
  void finished(std::size_t job, const Outcome& outcome) override {
    histories.at(job).outcome = outcome;
    ++histories.at(job).finished;
  }

  /// Saves and stops after the step of this number, and goes on with what was saved; 0 never does.
  std::uint64_t stop_after = 0;
  std::uint64_t steps = 0;
  std::vector<RunMemory> saved;  ///< of each job; without parameters where it has ended
  Position position;

  Then after_step() override { return ++steps == stop_after ? Then::kSaveAndStop : Then::kGoOn; }
  void save(std::size_t job, const Position& at, const RunMemory& memory) override {
    saved.resize(histories.size());
    saved[job] = memory;
    position = at;
  }

  std::vector<History> histories;
};

/// Tells a recorder of one of its jobs.
struct Alone final : TrainingObserver {
  Alone(Recorder& all, std::size_t job) : all_(all), job_(job) {}
  void record(std::size_t, const EpochRecord& row) override { all_.record(job_, row); }
  void finished(std::size_t, const Outcome& outcome) override { all_.finished(job_, outcome); }

 private:
  Recorder& all_;
  std::size_t job_;
};

/// A run to be trained at a constant rate, or as its model's schedule says if it has one.
struct Planned {
  const Model* model;
  double rate;
  std::size_t epochs;
};

/// Trains it all, stopped after step `stop_after` and started again with what was saved, if it is not 0.
inline std::vector<History> train_all(const Data& data, const Feed& feed,
                                      const std::vector<Planned>& plan, std::size_t threads = 1,
                                      std::uint64_t stop_after = 0) {
  const Pool pool(threads);
  std::vector<Model> models;
  for (const Planned& planned : plan) {
    models.push_back(*planned.model);
    if (!models.back().learning_rate) models.back().learning_rate = rate_of(planned.rate);
  }
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    jobs.push_back({&models[i], plan[i].epochs, RunMemory(models[i], feed.order_seed)});
  }
  Recorder recorder(jobs.size());
  recorder.stop_after = stop_after;
  train(data, feed, jobs, {}, pool, recorder);
  while (!recorder.saved.empty()) {  // each run on its own from here
    const auto saved = std::exchange(recorder.saved, {});
    for (std::size_t i = 0; i < plan.size(); ++i) {
      if (saved[i].parameters.empty()) continue;
      Alone alone{recorder, i};
      train(data, feed, {{&models[i], plan[i].epochs, saved[i]}}, recorder.position, pool, alone);
    }
  }
  for (const History& history : recorder.histories) CHECK_EQ(history.finished, 1);
  return recorder.histories;
}

/// Whether two runs were measured and ended the same, bit for bit.
inline bool same_bits(const History& a, const History& b) {
  const auto same_row = [](const EpochRecord& x, const EpochRecord& y) {
    return x.epoch == y.epoch && same_bits(x.train, y.train) &&
           same_bits(x.validation, y.validation);
  };
  return std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(), same_row) &&
         a.outcome.first_non_finite == b.outcome.first_non_finite &&
         same_bits(a.outcome.parameters, b.outcome.parameters) &&
         same_bits(a.outcome.test, b.outcome.test) &&
         same_bits(a.outcome.confusion, b.outcome.confusion);
}

}  // namespace nnrun::test
