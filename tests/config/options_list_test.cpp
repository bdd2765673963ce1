#include <string>
#include <vector>

#include "config/options_fixture.h"

namespace nnrun {
namespace {

using Fixture = test::OptionsFixture;

TEST_CASE("options: numbers that may be left out have no default") {
  Fixture fixture("{a: 0.50, list: [1, 2.0]}");
  CHECK_EQ(fixture.options.optional_real("a", positive()).value_or(0), 0.5);
  CHECK_FALSE(fixture.options.optional_real("b", positive()));
  CHECK_EQ(fixture.options.optional_reals("list", positive()).value_or(std::vector<double>{}),
           std::vector<double>{1, 2});
  CHECK_FALSE(fixture.options.optional_reals("none", positive()));
  fixture.options.finish();
  CHECK_EQ(fixture.diagnostics.text(), "");
  CHECK(fixture.reading.axes.empty());
  CHECK_EQ(to_line(fixture.root), "{a: 0.5, list: [1, 2]}");
}

TEST_CASE("options: a number in a list is refused at its place") {
  Fixture fixture("k: [1, -2, x]");
  fixture.options.optional_reals("k", not_negative());
  CHECK_EQ(fixture.diagnostics.text(),
           "test:1:8: k[1]: expected a real number ≥ 0, got -2\n"
           "test:1:12: k[2]: expected a real number ≥ 0, got 'x'");
}

TEST_CASE("options: a list may have names as its default") {
  Fixture fixture("{}");
  CHECK_EQ(fixture.options.list("k", list_form(text_form()), false, {"test", "train"}).size(), 2);
  CHECK_EQ(to_line(fixture.root), "{k: [test, train]}");
}

TEST_CASE("options: the default of a leaf may have options of its own") {
  Fixture fixture("{a: 1}");
  const Slot slot = fixture.options.leaf("scale", "constant: {value: 1}");
  CHECK(slot.node->is_mapping());
  CHECK_EQ(to_line(fixture.root), "{a: 1, scale: {constant: {value: 1}}}");
}

}  // namespace
}  // namespace nnrun
