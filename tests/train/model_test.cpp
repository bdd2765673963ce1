#include "train/model.h"

#include "train/tiny.h"

namespace nnrun {
namespace {

TEST_CASE("model: one against the rest makes 0 and 1 of the classes") {
  const LabelRule rule{LabelKind::kBinary, 3};
  CHECK_EQ(rule(3), 1);
  CHECK_EQ(rule(0), 0);
  CHECK_EQ(rule.classes(10), 2);
}

TEST_CASE("model: classes stay as they are") {
  const LabelRule rule;
  CHECK_EQ(rule(7), 7);
  CHECK_EQ(rule.classes(10), 10);
}

TEST_CASE("model: the loss is measured first and then the metrics") {
  CHECK(test::classifier(4).measures() == test::Texts{"loss", "accuracy"});
}

}  // namespace
}  // namespace nnrun
