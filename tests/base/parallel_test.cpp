#include "base/parallel.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include "support.h"

namespace nnrun {
namespace {

TEST_CASE("parallel: each item is done once by any number of threads") {
  for (std::size_t threads = 1; threads <= 8; ++threads) {
    const Pool pool(threads);
    CHECK_EQ(pool.threads(), threads);
    for (const std::size_t items : {0U, 1U, 2U, 7U, 1000U}) {
      CAPTURE(threads);
      CAPTURE(items);
      std::vector<std::atomic<int>> done(items);
      pool.for_each(items, [&](std::size_t item, std::size_t) { ++done[item]; });
      for (const auto& times : done) CHECK_EQ(times.load(), 1);
    }
  }
}

TEST_CASE("parallel: a worker's number is the caller's alone") {
  for (std::size_t threads = 1; threads <= 8; ++threads) {
    const Pool pool(threads);
    std::vector<std::atomic<int>> inside(threads);
    std::atomic<int> collisions = 0;
    std::atomic<int> out_of_range = 0;
    pool.for_each(2000, [&](std::size_t, std::size_t worker) {
      if (worker >= threads) {
        ++out_of_range;
        return;
      }
      if (++inside[worker] != 1) ++collisions;
      --inside[worker];
    });
    CHECK_EQ(out_of_range.load(), 0);
    CHECK_EQ(collisions.load(), 0);
  }
}

TEST_CASE("parallel: an exception of a body reaches the caller") {
  for (std::size_t threads = 1; threads <= 8; ++threads) {
    const Pool pool(threads);
    const auto fail_at_five = [&] {
      pool.for_each(100, [](std::size_t item, std::size_t) {
        if (item == 5) throw Error("item five");
      });
    };
    CHECK_THROWS_WITH_AS(fail_at_five(), "item five", Error);
    std::atomic<int> done = 0;
    pool.for_each(10, [&](std::size_t, std::size_t) { ++done; });
    CHECK_EQ(done.load(), 10);  // the pool goes on working
  }
}

TEST_CASE("parallel: no number of threads means all cores") { CHECK(Pool(0).threads() >= 1); }

}  // namespace
}  // namespace nnrun
