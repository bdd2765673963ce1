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
};

const std::vector<Setting> kSettings = {
    {Shuffle::kOnce, 0}, {Shuffle::kOnce, 150}, {Shuffle::kNever, 7}, {Shuffle::kEveryEpoch, 0}};

Feed feed_of(const Setting& setting) {
  Feed feed;
  feed.split.shuffle = setting.shuffle;
  feed.batch_size = setting.batch_size;
  feed.scale = Scale::kStandard;
  return feed;
}

/// Wide enough that one update is cut into several slices.
constexpr const char* kWide = "1300";

TEST_CASE("trainer bits: any number of threads gives the same bits") {
  const Model small = test::classifier(9);
  const Model wide = test::classifier(9, kWide);
  const Data data = test::random_data(300, 50, 9, 3);
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
  const Data data = test::random_data(300, 50, 9, 3);
  const std::vector<Job> jobs = {{&wide, 0.1, 1}, {&small, 0.5, 4}, {&small, 0.7, 3}};
  for (const Setting& setting : kSettings) {
    const auto together = train_all(data, feed_of(setting), jobs, 2);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      CHECK(same_bits(train_all(data, feed_of(setting), {jobs[i]}, 1)[0], together[i]));
    }
  }
}

TEST_CASE("trainer bits: another seed gives other bits") {
  const Model model = test::classifier(9);
  const Data data = test::random_data(300, 50, 9, 3);
  Feed feed;
  const auto first = train_all(data, feed, {{&model, 0.5, 2}})[0];
  feed.seed = 2;
  CHECK_FALSE(same_bits(first, train_all(data, feed, {{&model, 0.5, 2}})[0]));
}

}  // namespace
}  // namespace nnrun
