#include "core/targets.h"

#include <vector>

#include "support.h"

namespace nnrun {
namespace {

TEST_CASE("targets: classes are one-hot") {
  const std::vector<std::uint32_t> labels = {2, 0};
  const Targets targets{LabelKind::kClasses, labels};
  CHECK_EQ(targets.at(0, 2), Scalar{1});
  CHECK_EQ(targets.at(0, 0), Scalar{0});
  CHECK_EQ(targets.at(1, 0), Scalar{1});
}

TEST_CASE("targets: binary labels are their own value") {
  const std::vector<std::uint32_t> labels = {1, 0};
  const Targets targets{LabelKind::kBinary, labels};
  CHECK_EQ(targets.at(0, 0), Scalar{1});
  CHECK_EQ(targets.at(1, 0), Scalar{0});
}

TEST_CASE("targets: the predicted class is the largest and the first of equals") {
  CHECK_EQ(predicted_class(std::vector<Scalar>{0.1F, 0.7F, 0.2F}), 1);
  CHECK_EQ(predicted_class(std::vector<Scalar>{0.4F, 0.4F, 0.2F}), 0);
  CHECK_EQ(predicted_class(std::vector<Scalar>{-3, -2}), 1);
}

TEST_CASE("targets: a single output is a yes above one half") {
  CHECK_EQ(predicted_class(std::vector<Scalar>{0.51F}), 1);
  CHECK_EQ(predicted_class(std::vector<Scalar>{0.5F}), 0);
  CHECK_EQ(predicted_class(std::vector<Scalar>{0.49F}), 0);
}

}  // namespace
}  // namespace nnrun
