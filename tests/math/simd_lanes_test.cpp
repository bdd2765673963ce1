// Samples into the lanes of vectors and back, with each instruction set.
#include <algorithm>
#include <numeric>
#include <vector>

#include "math/every_kernel.h"

namespace nnrun {
namespace {

constexpr std::size_t kWidest = 16;

/// Every other place, last to first.
std::vector<std::uint32_t> some_places(std::size_t columns) {
  std::vector<std::uint32_t> places(columns);
  for (std::size_t j = 0; j < columns; ++j) {
    places[j] = static_cast<std::uint32_t>(2 * (columns - 1 - j));
  }
  return places;
}

TEST_CASE("simd lanes: each value is in its sample's lane at its place, and zeros beyond") {
  test::with_every_kernel([](const Kernels& each) {
    for (const std::size_t columns : {1U, 3U, 15U, 16U, 17U, 50U}) {
      for (std::size_t rows = 1; rows <= each.lanes; ++rows) {
        const auto x = test::normal(rows * columns, "x");
        const auto places = some_places(columns);
        std::vector<Scalar> tile(2 * columns * each.lanes, 7);
        each.rows_to_lanes(x.data(), rows, columns, places.data(), tile.data());
        std::size_t wrong = 0;
        for (std::size_t j = 0; j < columns; ++j) {
          for (std::size_t lane = 0; lane < each.lanes; ++lane) {
            const Scalar expected = lane < rows ? x[lane * columns + j] : Scalar{0};
            if (tile[places[j] * each.lanes + lane] != expected) ++wrong;
            if (tile[(places[j] + 1) * each.lanes + lane] != 7) ++wrong;  // beside it
          }
        }
        CHECK_EQ(wrong, 0);
        std::vector<Scalar> back(kWidest * columns + 1, 7);
        each.lanes_to_rows(tile.data(), places.data(), rows, columns, back.data());
        CHECK(std::equal(x.begin(), x.end(), back.begin()));
        CHECK(std::all_of(back.begin() + static_cast<std::ptrdiff_t>(x.size()), back.end(),
                          [](Scalar value) { return value == 7; }));
      }
    }
  });
}

TEST_CASE("simd lanes: the lanes of each vector are added up") {
  test::with_every_kernel([](const Kernels& each) {
    std::vector<Scalar> vectors(3 * each.lanes);
    std::iota(vectors.begin(), vectors.end(), Scalar{0});
    std::vector<Scalar> sums(3, 7);
    each.sum_lanes(vectors.data(), 3, sums.data());
    for (std::size_t i = 0; i < 3; ++i) {
      const std::size_t first = i * each.lanes;
      CHECK_EQ(sums[i], static_cast<Scalar>(each.lanes * (2 * first + each.lanes - 1) / 2));
    }
  });
}

}  // namespace
}  // namespace nnrun
