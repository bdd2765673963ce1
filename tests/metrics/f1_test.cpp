#include "metrics/class_score.h"

namespace nnrun {

TEST_CASE("f1: by hand, with its averages and their columns") {
  test::check_class_score({"f1", {0.8, 0.5, 0, 0}, 4.0 / 7});
}

}  // namespace nnrun
