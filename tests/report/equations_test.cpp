// Every layer and loss has its equations, forward and backward, in the comment that its file begins with.
#include "report/equations.h"

#include "core/kinds.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;

TEST_CASE("equations: each layer and loss has some, forward and backward") {
  for (const Kind& kind : kinds()) {
    if (kind.name != "layers" && kind.name != "losses") continue;
    for (const LeafFacts& leaf : kind.leaves()) {
      CAPTURE(leaf.name);
      const Equations& found = equations(kind.name, leaf.name);
      REQUIRE_MESSAGE(!found.forward.empty(), "no equation above 'Source:' in its head comment");
      CHECK(contains(found.forward.front(), " = "));
      REQUIRE_MESSAGE(!found.backward.empty(), "no gradient (dx = …) in its head comment");
      CHECK(contains(found.backward.front(), " = "));
      for (const std::string& line : found.forward) CHECK_FALSE(line.starts_with("dx "));
    }
  }
}

TEST_CASE("equations: as the file of the leaf has them") {
  const Equations& dense = equations("layers", "dense");
  REQUIRE_EQ(dense.forward.size(), 1);
  CHECK(dense.forward[0].starts_with("y  = x Wᵀ + b"));
  REQUIRE_EQ(dense.backward.size(), 1);
  CHECK(dense.backward[0].starts_with("dW = dyᵀ x,  db = Σₙ dy,  dx = dy W"));
  CHECK_EQ(dense.all().size(), 2);
  CHECK(equations("losses", "focal").backward.front().starts_with("  dL/du = "));
  CHECK(equations("optimizers", "adam").backward.empty());
  CHECK_FALSE(equations("optimizers", "adam").forward.empty());
  CHECK(equations("layers", "perceptron").all().empty());
}

}  // namespace
}  // namespace nnrun
