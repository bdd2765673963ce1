#include <string>

#include "config/options.h"
#include "support.h"

namespace nnrun {
namespace {

using test::parse;

struct LeafFixture {
  explicit LeafFixture(const std::string& text) : node(parse(text)), reading(diagnostics) {
    leaf = read_leaf(Slot{&node, Path() / "network" / 0, &reading});
  }

  Node node;
  Diagnostics diagnostics;
  Reading reading;
  std::optional<LeafText> leaf;
};

TEST_CASE("leaf text: a bare name has no options and stays bare") {
  LeafFixture fixture("sigmoid");
  REQUIRE(fixture.leaf);
  CHECK_EQ(fixture.leaf->name, "sigmoid");
  CHECK_EQ(fixture.leaf->path.text(), "network[0].sigmoid");
  CHECK(fixture.leaf->body->entries.empty());
  finish_leaf(*fixture.leaf);
  CHECK_EQ(to_line(fixture.node), "sigmoid");
}

TEST_CASE("leaf text: an empty mapping of options becomes the bare name") {
  LeafFixture fixture("sigmoid: {}");
  REQUIRE(fixture.leaf);
  finish_leaf(*fixture.leaf);
  CHECK_EQ(to_line(fixture.node), "sigmoid");
}

TEST_CASE("leaf text: a name with options keeps them") {
  LeafFixture fixture("dense: {units: 3}");
  REQUIRE(fixture.leaf);
  CHECK_EQ(fixture.leaf->name, "dense");
  CHECK_EQ(to_line(*fixture.leaf->body), "{units: 3}");
  finish_leaf(*fixture.leaf);
  CHECK_EQ(to_line(fixture.node), "{dense: {units: 3}}");
}

TEST_CASE("leaf text: anything else is refused") {
  for (const char* text : {"3", "true", "[dense]", "{}", "{dense: {units: 3}, relu: {}}"}) {
    const LeafFixture fixture(text);
    CAPTURE(fixture.node.text);
    CHECK_FALSE(fixture.leaf.has_value());
    CHECK(test::contains(fixture.diagnostics.text(),
                         "expected a name, or one name with options (name: {option: value}), got"));
  }
}

}  // namespace
}  // namespace nnrun
