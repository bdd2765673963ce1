#include "train/feed.h"

#include <algorithm>
#include <numeric>

#include "train/tiny.h"

namespace nnrun {
namespace {

using Positions = std::vector<std::uint32_t>;

/// So many samples of one byte, of labels 0, 1, 2, 0, …, and their positions from the last to the first.
struct Setting {
  explicit Setting(std::size_t count) : positions(count) {
    samples.features.assign(count, 1);
    samples.labels.resize(count);
    for (std::size_t n = 0; n < count; ++n) samples.labels[n] = static_cast<std::uint32_t>(n % 3);
    std::iota(positions.rbegin(), positions.rend(), 0U);
  }

  Positions arranged(bool bytes) const {
    const Fitted fitted{FeatureScaling(Scale::kUnit, samples, positions), bytes};
    Positions found = positions;
    fitted.arrange(samples, found);
    return found;
  }

  Samples samples;
  Positions positions;
};

}  // namespace

TEST_CASE("feed: samples of one label stand together where bytes are given") {
  const Setting setting(7);
  CHECK(setting.arranged(true) == Positions{6, 3, 0, 4, 1, 5, 2});
  CHECK(setting.arranged(false) == setting.positions);
}

TEST_CASE("feed: very many samples are taken part by part, in the order of their file") {
  constexpr std::size_t kPart = 131072;
  const Setting setting(kPart + 4);
  const Positions numbers = setting.arranged(false);
  CHECK(std::is_sorted(numbers.begin(), numbers.end()));
  const Positions bytes = setting.arranged(true);
  CHECK_EQ(*std::max_element(bytes.begin(), bytes.begin() + kPart), kPart - 1);
  CHECK_EQ(bytes[1], 3);
  // 131072 is 2 modulo 3.
  CHECK(Positions(bytes.begin() + kPart, bytes.end()) ==
        Positions{kPart + 1, kPart + 2, kPart, kPart + 3});
}

}  // namespace nnrun
