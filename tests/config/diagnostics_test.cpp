#include "config/diagnostics.h"

#include <memory>
#include <string>

#include "support.h"

namespace nnrun {
namespace {

Mark at(const std::string& file, int line, int column) {
  return {std::make_shared<const std::string>(file), line, column};
}

TEST_CASE("diagnostics: a line has place and path and message") {
  Diagnostics diagnostics;
  diagnostics.add(at("a.yaml", 14, 12), "network[0].dense.units", "expected a whole number");
  CHECK_EQ(diagnostics.text(), "a.yaml:14:12: network[0].dense.units: expected a whole number");
}

TEST_CASE("diagnostics: what is unknown is left out") {
  Diagnostics diagnostics;
  diagnostics.add({}, "", "message");
  CHECK_EQ(diagnostics.text(), "message");
  Diagnostics whole_file;
  whole_file.add(at("a.yaml", 0, 0), "", "not UTF-8 text");
  CHECK_EQ(whole_file.text(), "a.yaml: not UTF-8 text");
}

TEST_CASE("diagnostics: lines are in the order of the files") {
  Diagnostics diagnostics;
  diagnostics.add(at("a", 10, 1), "", "third");
  diagnostics.add(at("b", 1, 1), "", "fourth");
  diagnostics.add(at("a", 9, 2), "", "second");
  diagnostics.add(at("a", 9, 1), "", "first");
  CHECK_EQ(diagnostics.text(), "a:9:1: first\na:9:2: second\na:10:1: third\nb:1:1: fourth");
}

TEST_CASE("diagnostics: two mistakes at one place keep their order") {
  Diagnostics diagnostics;
  diagnostics.add(at("a", 1, 1), "", "z first");
  diagnostics.add(at("a", 1, 1), "", "a second");
  CHECK_EQ(diagnostics.text(), "a:1:1: z first\na:1:1: a second");
}

TEST_CASE("diagnostics: the same mistake at the same place counts once") {
  Diagnostics diagnostics;
  for (int i = 0; i < 3; ++i) diagnostics.add(at("a", 1, 1), "p", "wrong");
  CHECK_EQ(diagnostics.size(), 1);
  diagnostics.add(at("a", 2, 1), "p", "wrong");
  CHECK_EQ(diagnostics.size(), 2);
}

TEST_CASE("diagnostics: fifty are shown and the rest counted") {
  Diagnostics diagnostics;
  for (int i = 1; i <= 53; ++i) diagnostics.add(at("a", i, 1), "", "wrong");
  CHECK(test::contains(diagnostics.text(), "a:50:1: wrong\nand 3 more mistakes"));
}

TEST_CASE("diagnostics: they are thrown together when there are any") {
  Diagnostics diagnostics;
  diagnostics.throw_if_any();
  diagnostics.add({}, "", "one");
  diagnostics.add({}, "", "two");
  CHECK_EQ(test::error_of([&] { diagnostics.throw_if_any(); }), "one\ntwo");
}

}  // namespace
}  // namespace nnrun
