// A run that pauses at a row and goes on from what was saved comes to the bits that it would have come to.
#include "train/tiny.h"

namespace nnrun {
namespace {

using test::History;
using test::Texts;

constexpr std::size_t kEpochs = 10;

struct Case {
  const char* name;
  Texts layers;
  const char* optimizer;
  const char* schedule;
  std::size_t batch_size;
  bool stops = false;  ///< has rules, and weights to remember
};

const Texts kDropout = {"dense: {units: 5}", "relu", "dropout: {rate: 0.4}", "dense: {units: 3}",
                        "softmax"};
const Texts kNormalized = {"dense: {units: 5}", "batch_norm", "tanh", "dense: {units: 3}",
                           "softmax"};

const std::vector<Case> kCases = {
    {"full batch, momentum, a cosine over all epochs", kDropout, "momentum",
     "cosine: {from: 0.5, to: 0}", 0},
    {"mini-batches, a schedule that learns", kDropout, "adam",
     "reduce_on_plateau: {from: 0.5, patience: 1, factor: 0.5}", 16},
    {"full batch, batch_norm, rules", kNormalized, "adam", "constant: {rate: 0.3}", 0, true},
    {"mini-batches, batch_norm, rules", kNormalized, "momentum", "constant: {rate: 0.2}", 30, true},
    {"a whole optimizer", {"dense: {units: 3}", "softmax"}, "lbfgs", "constant: {rate: 1}", 0}};

Model model_of_case(const Case& of) {
  Model model = test::model_of({6}, of.layers, "cross_entropy");
  model.optimizer = test::make_from<Optimizer>(of.optimizer);
  model.learning_rate = test::make_from<Schedule>(of.schedule);
  if (!of.stops) return model;
  const WatchedColumn loss{"validation_loss", true, 0, false};
  model.stop.early = StopRule::Early{loss, 2, 0, true};
  model.keep_best = WatchedColumn{"train_accuracy", false, 1, true};
  return model;
}

class Bench {
 public:
  explicit Bench(const Case& of) : model_(model_of_case(of)) {
    feed_.split = {std::int64_t{70}, std::int64_t{20}, Shuffle::kOnce};
    feed_.batch_size = of.batch_size;
    feed_.shards.smallest = 16;
  }

  /// Trains from there on; what is saved on the way is in `saved`.
  test::Recorder train(const RunMemory& memory, const Position& from, std::size_t pause) const {
    test::Recorder recorder(1);
    nnrun::train(data_, feed_, {{&model_, kEpochs, memory, pause}}, from, Pool(2), recorder);
    return recorder;
  }
  test::Recorder begin(std::size_t pause) const {
    return train(RunMemory(model_, feed_.order_seed), {}, pause);
  }

 private:
  Data data_ = test::random_data(90, 20, 6, 3, 0.4);
  Feed feed_;
  Model model_;
};

bool same_row(const EpochRecord& a, const EpochRecord& b) {
  return a.epoch == b.epoch && a.learning_rate == b.learning_rate &&
         test::same_bits(a.train, b.train) && test::same_bits(a.validation, b.validation);
}

void check_same(const Outcome& a, const Outcome& b) {
  CHECK(test::same_bits(a.parameters, b.parameters));
  CHECK(test::same_bits(a.best_parameters, b.best_parameters));
  CHECK(test::same_bits(a.test, b.test));
  CHECK_EQ(a.stopped, b.stopped);
  CHECK_EQ(a.last_epoch, b.last_epoch);
  CHECK(a.weights_epoch == b.weights_epoch);
  CHECK(a.best_weights_epoch == b.best_weights_epoch);
  CHECK_FALSE(a.paused);
}

TEST_CASE("pause: at any epoch, and to the same bits") {
  for (const Case& of : kCases) {
    CAPTURE(of.name);
    const Bench bench(of);
    const History whole = bench.begin(0).histories[0];
    for (std::size_t pause = 1; pause < whole.outcome.last_epoch; ++pause) {
      CAPTURE(pause);
      const test::Recorder first = bench.begin(pause);
      const History& paused = first.histories[0];
      REQUIRE_EQ(paused.rows.size(), pause + 1);
      CHECK(paused.outcome.paused);
      CHECK_EQ(paused.outcome.last_epoch, pause);
      CHECK_FALSE(paused.outcome.test.empty());
      CHECK(same_row(paused.rows.back(), whole.rows[pause]));
      REQUIRE_EQ(first.saved.size(), 1);
      CHECK_EQ(first.position.epoch, pause);
      const auto second = bench.train(first.saved[0], first.position, 0);
      const History& rest = second.histories[0];
      REQUIRE_EQ(pause + rest.rows.size(), whole.rows.size());
      for (std::size_t i = 0; i < rest.rows.size(); ++i) {
        CHECK(same_row(rest.rows[i], whole.rows[pause + i]));
      }
      check_same(whole.outcome, rest.outcome);
    }
  }
}

TEST_CASE("pause: again and again, and once more at the row where it is") {
  const Bench bench(kCases[1]);
  const History whole = bench.begin(0).histories[0];
  test::Recorder part = bench.begin(1);
  for (const std::size_t pause : {1, 3, 4}) {
    part = bench.train(part.saved.at(0), part.position, pause);
    REQUIRE_EQ(part.histories[0].outcome.last_epoch, pause);
    CHECK(part.histories[0].outcome.paused);
  }
  part = bench.train(part.saved.at(0), part.position, kEpochs);
  check_same(whole.outcome, part.histories[0].outcome);
}

TEST_CASE("pause: a run that is further on pauses with its next row") {
  const Bench bench(kCases[0]);
  const test::Recorder first = bench.begin(4);
  const test::Recorder again = bench.train(first.saved.at(0), first.position, 2);
  CHECK(again.histories[0].outcome.paused);
  CHECK_EQ(again.histories[0].outcome.last_epoch, 4);
}

TEST_CASE("pause: at the last epoch, or with a rule that ends it, a run ends for good") {
  const Bench bench(kCases[2]);
  const History whole = bench.begin(0).histories[0];
  REQUIRE_FALSE(whole.outcome.stopped.empty());
  for (const std::size_t pause : {whole.outcome.last_epoch, kEpochs, kEpochs + 1}) {
    check_same(whole.outcome, bench.begin(pause).histories[0].outcome);
  }
}

}  // namespace
}  // namespace nnrun
