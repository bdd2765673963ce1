// A run that is stopped after any step and started again comes to the bits that it would have come to.
#include <fmt/format.h>

#include "train/tiny.h"
#include "train/trainer.h"

namespace nnrun {
namespace {

using test::Texts;

/// What a run could remember wrongly: each of these has a state of its own.
struct Case {
  const char* name;
  Texts layers;
  const char* optimizer;
  const char* schedule;
  std::size_t batch_size;
  Shuffle shuffle;
  const char* augmentation = nullptr;
};

const std::vector<Case> kCases = {{"full batch",
                                   {"dense: {units: 3}", "softmax"},
                                   "momentum",
                                   "cosine: {from: 0.5, to: 0}",
                                   0,
                                   Shuffle::kOnce},
                                  {"mini-batches",
                                   {"dense: {units: 5}", "tanh", "dense: {units: 3}", "softmax"},
                                   "adam",
                                   "cosine: {from: 0.1, to: 0, by: update}",
                                   16,
                                   Shuffle::kOnce},
                                  {"batch_norm and dropout",
                                   {"dense: {units: 5}", "batch_norm", "relu",
                                    "dropout: {rate: 0.4}", "dense: {units: 3}", "softmax"},
                                   "rmsprop",
                                   "constant: {rate: 0.01}",
                                   30,
                                   Shuffle::kEveryEpoch},
                                  {"a whole optimizer",
                                   {"dense: {units: 3}", "softmax"},
                                   "lbfgs",
                                   "constant: {rate: 1}",
                                   0,
                                   Shuffle::kOnce},
                                  {"a schedule that learns",
                                   {"dense: {units: 3}", "softmax"},
                                   "adamax",
                                   "reduce_on_plateau: {from: 0.5, patience: 1, factor: 0.5}",
                                   40,
                                   Shuffle::kOnce},
                                  {"augmented",
                                   {"dense: {units: 3}", "softmax"},
                                   "nadam",
                                   "constant: {rate: 0.01}",
                                   32,
                                   Shuffle::kOnce,
                                   "noise: {stddev: 0.1}"}};

class Bench {
 public:
  explicit Bench(const Case& of) : model_(model(of)) {
    feed_.split = {std::int64_t{70}, std::int64_t{20}, of.shuffle};
    feed_.batch_size = of.batch_size;
    feed_.shards.smallest = 16;
    if (of.augmentation != nullptr) {
      feed_.augmentations.push_back(test::make_from<Augmentation>(of.augmentation));
    }
  }

  std::vector<test::History> train(std::uint64_t stop_after) const {
    return test::train_all(data_, feed_, {{&model_, 0, 3}, {&model_, 0, 2}}, 2, stop_after);
  }

  std::size_t steps() const {
    return feed_.batch_size == 0 ? 3 : 3 * ((70 + feed_.batch_size - 1) / feed_.batch_size);
  }

 private:
  static Model model(const Case& of) {
    Model model = test::model_of({6}, of.layers, "cross_entropy");
    model.optimizer = test::make_from<Optimizer>(of.optimizer);
    model.learning_rate = test::make_from<Schedule>(of.schedule);
    model.metrics.push_back({"f1", test::make_from<Metric>("f1"), {"f1"}});
    return model;
  }

  Data data_ = test::random_data(90, 20, 6, 3, 0.4);
  Feed feed_;
  Model model_;
};

TEST_CASE("resume: after any step, to the same bits") {
  for (const Case& of : kCases) {
    CAPTURE(of.name);
    const Bench bench(of);
    const auto whole = bench.train(0);
    for (std::uint64_t step = 1; step <= bench.steps(); ++step) {
      CAPTURE(step);
      const auto resumed = bench.train(step);
      CHECK(test::same_bits(whole[0], resumed[0]));
      CHECK(test::same_bits(whole[1], resumed[1]));
    }
  }
}

TEST_CASE("resume: a row after it tells the learning rates as they would have been") {
  const Bench bench(kCases[4]);
  const auto whole = bench.train(0);
  const auto resumed = bench.train(3);
  REQUIRE_EQ(whole[0].rows.size(), resumed[0].rows.size());
  for (std::size_t e = 0; e < whole[0].rows.size(); ++e) {
    CHECK_EQ(whole[0].rows[e].learning_rate, resumed[0].rows[e].learning_rate);
  }
}

}  // namespace
}  // namespace nnrun
