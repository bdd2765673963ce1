#include "searches/brackets.h"

namespace nnrun {

using namespace test;

TEST_CASE("successive_halving: rungs rise by eta to the experiment's epochs") {
  CHECK_EQ(brackets_of("successive_halving: {min_epochs: 1}", 81, 81), "81 at 1 3 9 27 81");
  CHECK_EQ(brackets_of("successive_halving: {min_epochs: 2, eta: 4}", 9, 100), "9 at 2 8 32 100");
  CHECK_EQ(brackets_of("successive_halving: {}", 9, 500), "9 at 18 54 162 486 500");
  CHECK_EQ(brackets_of("successive_halving", 9, 5), "9 at 1 3 5");
}

TEST_CASE("successive_halving: mistakes have their place") {
  CHECK_EQ(brackets_of("successive_halving: {eta: 1}", 9, 5),
           "test:1:27: successive_halving.eta: expected a whole number from 2 to 1000, got 1");
  CHECK(contains(brackets_of("successive_halving: {min_epochs: 0}", 9, 5), "expected 'auto' or"));
  CHECK(contains(brackets_of("successive_halving: {sampler: sobol}", 9, 5),
                 "expected random | quasi_random, got 'sobol'"));
}

}  // namespace nnrun
