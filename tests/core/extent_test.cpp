#include "core/extent.h"

#include "support.h"

namespace nnrun {
namespace {

using test::contains;

struct Read {
  std::optional<Extent> extent;
  std::string mistakes;
  std::string resolved;
  std::vector<Axis> axes;
};

/// Reads the key `side` of a mapping.
Read read_square(const std::string& text) {
  Node node = test::parse(text);
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  Options options({&node, {}, &reading});
  const auto extent = read_extent(options, "side", 1, 3);
  options.finish();
  return {extent, diagnostics.text(), to_line(node), reading.axes};
}

TEST_CASE("extent: one number for both sides, or one for each") {
  CHECK(read_square("{side: 5}").extent == Extent{5, 5});
  CHECK(read_square("{side: {height: 3, width: 5}}").extent == Extent{3, 5});
  CHECK(read_square("{side: {width: 5, height: 3}}").extent == Extent{3, 5});
  CHECK(read_square("{}").extent == Extent{3, 3});
  CHECK_EQ(read_square("{}").resolved, "{side: 3}");
}

TEST_CASE("extent: a list is an axis, of the whole or of a side") {
  CHECK_EQ(read_square("{side: [3, 5]}").axes.size(), 1);
  CHECK(read_square("{side: [{height: 1, width: 2}, 5]}").extent == Extent{1, 2});
  CHECK_EQ(read_square("{side: {height: [1, 2], width: 5}}").axes.size(), 1);
}

TEST_CASE("extent: mistakes are told with their place and give nothing") {
  for (const char* text : {"{side: 0}", "{side: 1.5}", "{side: \"3\"}", "{side: 65537}",
                           "{side: big}", "{side: {height: 0, width: 1}}", "{side: {height: 1}}",
                           "{side: {height: 1, width: 2, depth: 3}}", "{side: []}"}) {
    CAPTURE(text);
    CHECK_FALSE(read_square(text).extent);
    CHECK_FALSE(read_square(text).mistakes.empty());
  }
  CHECK_EQ(
      read_square("{side: 0}").mistakes,
      "test:1:8: side: expected a whole number from 1 to 65536, or {height: …, width: …}, got 0");
  CHECK(
      contains(read_square("{side: {height: 1}}").mistakes, "test:1:8: side: missing key 'width'"));
  CHECK(contains(read_square("{side: {hight: 1, width: 2}}").mistakes, "did you mean 'height'?"));
}

}  // namespace
}  // namespace nnrun
