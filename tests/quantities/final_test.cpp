#include "quantities/quantity_values.h"

namespace nnrun {
namespace {

using namespace test;

TEST_CASE("final: the last row of a curve") {
  CHECK_EQ(measured("final: {of: x}", {3, 1, 2}), 2);
  CHECK_EQ(measured("final: {of: x}", {3}), 3);
  CHECK_EQ(measured("final: {of: x}", {3, kInfinity}), kInfinity);
}

TEST_CASE("final: a figure where there is no curve of that name") {
  const Curves run = {{"x"}, {{1, 2}}, {{"test_loss", 0.25}, {"x", 7}, {"test_accuracy", kNaN}}};
  CHECK_EQ(measured("final: {of: test_loss}", run), 0.25);
  CHECK_EQ(measured("final: {of: x}", run), 2);
  CHECK_FALSE(measured("final: {of: test_accuracy}", run));
  CHECK_FALSE(measured("final: {of: best}", run));
}

TEST_CASE("final: NaN is no value") {
  CHECK_FALSE(measured("final: {of: x}", {1, kNaN}));
  CHECK_EQ(measured("final: {of: x}", {kNaN, 1}), 1);
}

TEST_CASE("final: an epoch is counted in epochs") {
  CHECK(make_from<Quantity>("final: {of: convergence_epoch}")->unit() == Unit::kEpochs);
  CHECK(make_from<Quantity>("final: {of: test_loss}")->unit() == Unit::kMeasure);
}

TEST_CASE("final: says what it reads, and takes a figure for it") {
  const auto uses = make_from<Quantity>("final: {of: test_loss}")->columns();
  REQUIRE_EQ(uses.size(), 1);
  CHECK_EQ(uses[0].option, "of");
  CHECK_EQ(uses[0].name, "test_loss");
  CHECK(uses[0].or_figure);
}

TEST_CASE("final: asks for a column") {
  CHECK_EQ(mistakes_in<Quantity>("final: {}"), "test:1:8: final: missing key 'of': expected text");
}

}  // namespace
}  // namespace nnrun
