// The same experiment gives the same bits: any number of threads, alone or with others.
#include <vector>

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

const std::vector<Setting> kSettings = {
    {Shuffle::kOnce, 0, FeatureForm::kSparse},   {Shuffle::kOnce, 0, FeatureForm::kDense},
    {Shuffle::kOnce, 150, FeatureForm::kSparse}, {Shuffle::kOnce, 150, FeatureForm::kDense},
    {Shuffle::kNever, 7, FeatureForm::kSparse},  {Shuffle::kEveryEpoch, 0, FeatureForm::kSparse}};

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

TEST_CASE("trainer bits: any number of threads gives the same bits") {
  const Model small = test::classifier(9);
  const Model wide = test::classifier(9, kWide);
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  const std::vector<Job> jobs = {{&small, 0.5, 4}, {&wide, 0.1, 2}, {&small, 0.7, 3}};
  for (const Setting& setting : kSettings) {
    const auto one = train_all(data, feed_of(setting), jobs, 1);
    for (const std::size_t threads : {2U, 4U}) {
      const auto many = train_all(data, feed_of(setting), jobs, threads);
      for (std::size_t i = 0; i < jobs.size(); ++i) CHECK(same_bits(one[i], many[i]));
    }
  }
}

TEST_CASE("trainer bits: a run alone is the same as in its grid") {
  const Model small = test::classifier(9);
  const Model wide = test::classifier(9, kWide);
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  const std::vector<Job> jobs = {{&wide, 0.1, 1}, {&small, 0.5, 4}, {&small, 0.7, 3}};
  for (const Setting& setting : kSettings) {
    const auto together = train_all(data, feed_of(setting), jobs, 2);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      CHECK(same_bits(train_all(data, feed_of(setting), {jobs[i]}, 1)[0], together[i]));
    }
  }
}

TEST_CASE(
    "trainer bits: a first layer that is not dense, and runs that end early, change nothing") {
  const Model small = test::classifier(9);
  const Model other =
      test::model_of({9}, {"tanh", "dense: {units: 3}", "softmax"}, "cross_entropy");
  const Model wide = test::classifier(9, "130");
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  const std::vector<Job> jobs = {{&other, 0.1, 2}, {&small, 0.5, 4}, {&wide, 0.2, 1},
                                 {&other, 0.3, 3}, {&small, 0.9, 2}, {&small, 1e30, 4}};
  for (const Setting& setting : kSettings) {
    const auto together = train_all(data, feed_of(setting), jobs, 2);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      CHECK(same_bits(train_all(data, feed_of(setting), {jobs[i]}, 1)[0], together[i]));
    }
  }
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

TEST_CASE("trainer bits: another seed gives other bits") {
  const Model model = test::classifier(9);
  const Data data = test::random_data(300, 50, 9, 3, 0.4);
  Feed feed;
  const auto first = train_all(data, feed, {{&model, 0.5, 2}})[0];
  feed.seed = 2;
  CHECK_FALSE(same_bits(first, train_all(data, feed, {{&model, 0.5, 2}})[0]));
}

}  // namespace
}  // namespace nnrun
