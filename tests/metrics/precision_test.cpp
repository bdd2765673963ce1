#include "metrics/class_score.h"

namespace nnrun {

TEST_CASE("precision: by hand, with its averages and their columns") {
  test::check_class_score({"precision", {2.0 / 3, 0.5, 0, 0}, 2.0 / 3});
}

}  // namespace nnrun
