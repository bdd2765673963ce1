#include "metrics/class_score.h"

namespace nnrun {

TEST_CASE("recall: by hand, with its averages and their columns") {
  test::check_class_score({"recall", {1, 0.5, 0, 0}, 0.5});
}

}  // namespace nnrun
