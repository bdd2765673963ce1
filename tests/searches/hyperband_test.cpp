#include "searches/brackets.h"

namespace nnrun {

using namespace test;

TEST_CASE("hyperband: its trials are dealt as Li et al. deal theirs") {
  // R = 81, eta = 3: ⌈5 / (s + 1) · 3^s⌉ trials, 143 in all.
  CHECK_EQ(brackets_of("hyperband: {min_epochs: 1}", 143, 81),
           "81 at 1 3 9 27 81; 34 at 3 9 27 81; 15 at 9 27 81; 8 at 27 81; 5 at 81");
  CHECK_EQ(brackets_of("hyperband: {min_epochs: 9}", 9, 81), "5 at 9 27 81; 3 at 27 81; 1 at 81");
}

TEST_CASE("hyperband: no bracket is without a trial") {
  CHECK_EQ(brackets_of("hyperband: {min_epochs: 1}", 2, 81), "1 at 1 3 9 27 81; 1 at 3 9 27 81");
  CHECK_EQ(brackets_of("hyperband: {min_epochs: 81}", 4, 81), "4 at 81");
}

}  // namespace nnrun
