#include "initializers/draws.h"

namespace nnrun {

TEST_CASE("truncated_normal: nothing is farther than two stddev, and all up to there is drawn") {
  const auto found = test::draws("truncated_normal: {mean: 5, stddev: 0.1}");
  CHECK(found.least >= 4.8);
  CHECK(found.most <= 5.2);
  CHECK(found.least < 4.81);
  CHECK(found.most > 5.19);
  // √(1 − 2 · 2 φ(2) / (Φ(2) − Φ(−2))) = 0.8796
  CHECK(std::abs(found.mean - 5) < 0.004);
  CHECK(std::abs(found.deviation - 0.08796) < 0.002);
}

TEST_CASE("truncated_normal: what is near enough is what normal draws") {
  const auto cut = test::make_from<Initializer>("truncated_normal: {stddev: 1}");
  const auto whole = test::make_from<Initializer>("normal: {stddev: 1}");
  const Stream stream(1, "init/0.dense.weights");
  std::vector<double> kept(1000);
  std::vector<double> all(1000);
  cut->fill(stream, {1000}, {}, kept);
  whole->fill(stream, {1000}, {}, all);
  std::size_t drawn_again = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::abs(all[i]) <= 2) {
      CHECK_EQ(kept[i], all[i]);
    } else {
      ++drawn_again;
    }
  }
  CHECK(drawn_again > 20);
  CHECK(drawn_again < 80);
}

TEST_CASE("truncated_normal: options have their defaults and bounds") {
  CHECK_EQ(test::read_from<Initializer>("truncated_normal").resolved,
           "{truncated_normal: {mean: 0, stddev: 0.01}}");
  CHECK(test::contains(test::mistakes_in<Initializer>("truncated_normal: {stddev: 0}"),
                       "truncated_normal.stddev: expected a real number > 0, got 0"));
}

TEST_CASE("truncated_normal: an element depends on its number alone") {
  test::check_independent_of_order("truncated_normal: {mean: 1}");
}

}  // namespace nnrun
