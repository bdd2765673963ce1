// The same experiment gives the same bits: any number of threads, alone or with others.
#include <vector>

#include "math/every_kernel.h"
#include "train/tiny.h"

namespace nnrun {
namespace {

using test::same_bits;
using test::train_all;

struct Setting {
  Shuffle shuffle;
  std::size_t batch_size;
  FeatureForm features;
};

const std::vector<Setting> kSettings = {{Shuffle::kOnce, 0, FeatureForm::kSparse},
                                        {Shuffle::kOnce, 0, FeatureForm::kDense},
                                        {Shuffle::kOnce, 150, FeatureForm::kSparse},
                                        {Shuffle::kOnce, 150, FeatureForm::kDense},
                                        {Shuffle::kNever, 7, FeatureForm::kSparse},
                                        {Shuffle::kEveryEpoch, 0, FeatureForm::kSparse},
                                        {Shuffle::kNever, 150, FeatureForm::kDense},
                                        {Shuffle::kEveryEpoch, 150, FeatureForm::kSparse},
                                        {Shuffle::kEveryEpoch, 7, FeatureForm::kDense}};

Feed feed_of(const Setting& setting) {
  Feed feed;
  feed.split.shuffle = setting.shuffle;
  feed.batch_size = setting.batch_size;
  feed.scale = Scale::kStandard;
  feed.features = setting.features;
  return feed;
}

/// Wide enough that one update is cut into several slices.
constexpr const char* kWide = "1300";

/// Each job trained by itself on one thread has the bits that it has beside the others.
void check_alone(const Data& data, const Feed& feed, const std::vector<test::Planned>& jobs) {
  const auto together = train_all(data, feed, jobs, 2);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    CHECK(same_bits(train_all(data, feed, {jobs[i]}, 1)[0], together[i]));
  }
}

TEST_CASE("trainer bits: any number of threads gives the same bits") {
  const Model small = test::classifier(9);
  const Model wide = test::classifier(9, kWide);
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  const std::vector<test::Planned> jobs = {{&small, 0.5, 4}, {&wide, 0.1, 2}, {&small, 0.7, 3}};
  for (const Setting& setting : kSettings) {
    const auto one = train_all(data, feed_of(setting), jobs, 1);
    for (const std::size_t threads : {2U, 4U}) {
      const auto many = train_all(data, feed_of(setting), jobs, threads);
      for (std::size_t i = 0; i < jobs.size(); ++i) CHECK(same_bits(one[i], many[i]));
    }
  }
}

TEST_CASE("trainer bits: with every kernel, a run alone is the same as in its grid") {
  const Model small = test::classifier(9);
  const Model wide = test::classifier(9, kWide);
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  const Model neuron = test::classifier(9, "1");
  const std::vector<test::Planned> jobs = {{&wide, 0.1, 1},   {&small, 0.5, 4},
                                           {&small, 0.7, 3},  {&neuron, 0.5, 4},
                                           {&neuron, 0.9, 2}, {&neuron, 1e30, 4}};
  test::with_every_kernel_in_use([&](const Kernels& /*each*/) {
    for (const Setting& setting : kSettings) check_alone(data, feed_of(setting), jobs);
  });
}

TEST_CASE("trainer bits: optimizers and clipping have the same bits alone and on any threads") {
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  const auto model_with = [](const std::string& optimizer, const GradientClip& clip) {
    Model model = test::classifier(9, kWide);
    model.optimizer = test::make_from<Optimizer>(optimizer);
    model.clip = clip;
    return model;
  };
  const GradientClip norm = {GradientClip::By::kNorm, 0.05};
  const GradientClip value = {GradientClip::By::kValue, 0.001};
  const std::vector<Model> models = {model_with("gradient_descent", norm),
                                     model_with("gradient_descent", value),
                                     model_with("adam", norm),
                                     model_with("rprop: {l2: 0.1}", {}),
                                     model_with("lbfgs", norm),
                                     model_with("lbfgs", {})};
  for (const Setting& setting : kSettings) {
    const std::size_t count = models.size() - (setting.batch_size > 0 ? 2 : 0);
    std::vector<test::Planned> jobs;
    for (std::size_t i = 0; i < count; ++i) jobs.push_back({&models[i], 0.1, 2});
    check_alone(data, feed_of(setting), jobs);
    const auto one = train_all(data, feed_of(setting), jobs, 1);
    const auto four = train_all(data, feed_of(setting), jobs, 4);
    for (std::size_t i = 0; i < count; ++i) CHECK(same_bits(one[i], four[i]));
  }
}

TEST_CASE("trainer bits: products that BLAS makes have the same bits alone and on any threads") {
  // A shard of 80 samples times 300 × 200 is more than the 2²² multiply-adds that kernels make.
  const Model deep = test::model_of({9},
                                    {"dense: {units: 300}", "sigmoid", "dense: {units: 200}",
                                     "sigmoid", "dense: {units: 3}", "softmax"},
                                    "cross_entropy");
  const Model small = test::classifier(9);
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  const std::vector<test::Planned> jobs = {{&small, 0.5, 2}, {&deep, 0.1, 2}, {&deep, 0.5, 1}};
  for (const FeatureForm form : {FeatureForm::kSparse, FeatureForm::kDense}) {
    const Feed feed = feed_of({Shuffle::kOnce, 0, form});
    check_alone(data, feed, jobs);
    const auto one = train_all(data, feed, jobs, 1);
    const auto four = train_all(data, feed, jobs, 4);
    for (std::size_t i = 0; i < jobs.size(); ++i) CHECK(same_bits(one[i], four[i]));
  }
}

TEST_CASE(
    "trainer bits: a first layer that is not dense, and runs that end early, change nothing") {
  const Model small = test::classifier(9);
  const Model other =
      test::model_of({9}, {"tanh", "dense: {units: 3}", "softmax"}, "cross_entropy");
  const Model wide = test::classifier(9, "130");
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  const std::vector<test::Planned> jobs = {{&other, 0.1, 2}, {&small, 0.5, 4}, {&wide, 0.2, 1},
                                           {&other, 0.3, 3}, {&small, 0.9, 2}, {&small, 1e30, 4}};
  for (const Setting& setting : kSettings) check_alone(data, feed_of(setting), jobs);
}

TEST_CASE("trainer bits: sparse and dense forms agree to rounding") {
  const Model model = test::classifier(200, "17");
  const Data data = test::random_data(300, 50, 200, 3, 0.2);
  for (const Scale scale : {Scale::kNone, Scale::kUnit, Scale::kStandard}) {
    for (const std::size_t batch : {0U, 50U}) {
      Feed feed;
      feed.scale = scale;
      feed.batch_size = batch;
      feed.features = FeatureForm::kDense;
      const double rate = scale == Scale::kNone ? 1e-4 : 0.3;
      const auto dense = train_all(data, feed, {{&model, rate, 5}})[0];
      feed.features = FeatureForm::kSparse;
      const auto sparse = train_all(data, feed, {{&model, rate, 5}})[0];
      const std::vector<double> expected(dense.outcome.parameters.begin(),
                                         dense.outcome.parameters.end());
      test::check_close(sparse.outcome.parameters, expected, 2e-5);
      CHECK(sparse.rows.back().train[0] ==
            doctest::Approx(dense.rows.back().train[0]).epsilon(1e-5));
    }
  }
}

TEST_CASE("trainer bits: the form is chosen by how many bytes are not zero") {
  const Samples half = test::random_samples(100, 30, 2, "half", 0.5);
  const Samples full = test::random_samples(100, 30, 2, "full", 0.9);
  const std::vector<std::uint32_t> some = {0, 5, 17, 60, 99};
  CHECK(is_sparse(half, some));
  CHECK_FALSE(is_sparse(full, some));
}

TEST_CASE("trainer bits: the chosen form has the bits of that form asked for") {
  const Model model = test::classifier(30);
  struct Case {
    double share;
    FeatureForm chosen;
    FeatureForm other;
  };
  for (const Case& c : {Case{0.4, FeatureForm::kSparse, FeatureForm::kDense},
                        Case{0.9, FeatureForm::kDense, FeatureForm::kSparse}}) {
    const Data data = test::random_data(300, 50, 30, 3, c.share);
    for (const Shuffle shuffle : {Shuffle::kNever, Shuffle::kOnce, Shuffle::kEveryEpoch}) {
      for (const std::size_t batch : {0U, 50U}) {
        const auto trained = [&](FeatureForm form) {
          return train_all(data, feed_of({shuffle, batch, form}), {{&model, 0.5, 2}})[0];
        };
        const auto found = trained(FeatureForm::kAuto);
        CHECK(same_bits(found, trained(c.chosen)));
        CHECK_FALSE(same_bits(found, trained(c.other)));
      }
    }
  }
}

TEST_CASE("trainer bits: scaling that would cancel is not folded") {
  // Of four features that are not zero, three hardly vary about 255.
  Data data = test::random_data(200, 20, 12, 3, 0);
  for (std::size_t n = 0; n < data.train.count(); ++n) {
    for (std::size_t d = 0; d < 3; ++d) data.train.features[n * 12 + d] = n == 7 * d ? 254 : 255;
  }
  const Model model = test::classifier(12);
  Feed feed;
  feed.scale = Scale::kStandard;
  const auto chosen = train_all(data, feed, {{&model, 0.5, 3}})[0];
  feed.features = FeatureForm::kDense;
  CHECK(same_bits(chosen, train_all(data, feed, {{&model, 0.5, 3}})[0]));
  feed.features = FeatureForm::kSparse;
  CHECK(test::contains(test::error_of([&] {
                         train_all(data, feed, {{&model, 0.5, 3}});
                       }),
                       "compute.features: sparse would lose precision"));
  feed.scale = Scale::kUnit;
  CHECK_EQ(train_all(data, feed, {{&model, 0.5, 3}})[0].finished, 1);
}

TEST_CASE("trainer bits: another seed gives other bits") {
  const Model model = test::classifier(9);
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  Feed feed;
  const auto first = train_all(data, feed, {{&model, 0.5, 2}})[0];
  feed.split_seed = feed.order_seed = 2;
  CHECK_FALSE(same_bits(first, train_all(data, feed, {{&model, 0.5, 2}})[0]));
}

}  // namespace
}  // namespace nnrun
