#include "core/classes.h"

#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;

std::string mistake(const std::map<std::string, std::size_t>& labels) {
  return error_of([&] { LabelClasses(labels, "t.csv", "kind"); });
}

TEST_CASE("classes: whole numbers are sorted as numbers, whatever their spelling") {
  const LabelClasses classes({{"10", 2}, {"9", 3}, {"-1", 4}, {"9.0", 5}, {"-0", 6}}, "t", "k");
  CHECK_EQ(classes.count(), 4);
  CHECK_EQ(classes.find("-1").value(), 0);
  CHECK_EQ(classes.find("0").value(), 1);
  CHECK_EQ(classes.find("-0").value(), 1);
  CHECK_EQ(classes.find("9").value(), 2);
  CHECK_EQ(classes.find("9.0").value(), 2);
  CHECK_EQ(classes.find("1e1").value(), 3);
  CHECK_FALSE(classes.find("11"));
  CHECK_FALSE(classes.find("x"));
}

TEST_CASE("classes: words are sorted by their bytes, numbers among them too") {
  const LabelClasses classes({{"b", 2}, {"a", 3}, {"10", 4}, {"9", 5}}, "t", "k");
  CHECK_EQ(classes.find("10").value(), 0);
  CHECK_EQ(classes.find("9").value(), 1);
  CHECK_EQ(classes.find("a").value(), 2);
  CHECK_EQ(classes.find("b").value(), 3);
  CHECK_FALSE(classes.find("9.0"));
}

TEST_CASE("classes: what is no class is refused") {
  CHECK_EQ(
      mistake({{"1", 2}, {"0.5", 7}}),
      "t.csv:7: column 'kind': label 0.5 is not whole; labels are classes: whole numbers or words");
  CHECK_EQ(mistake({{"1", 2}, {"1.0", 7}}),
           "t.csv: 1 different labels in column 'kind'; expected 2 to 4096 classes");
  std::map<std::string, std::size_t> many;
  for (std::size_t i = 0; i <= kMostClasses; ++i) many.emplace(std::to_string(i), i);
  CHECK(contains(mistake(many), "t.csv: 4097 different labels"));
}

TEST_CASE("classes: finite decimal numbers, of any locale") {
  CHECK_EQ(finite_number("-1.5e-3").value(), -0.0015);
  CHECK_EQ(finite_number("007").value(), 7);
  for (const char* text :
       {"", "+1", " 1", "1 ", "0x10", "nan", "inf", "-inf", "1e999", "1,5", "1_0"}) {
    CAPTURE(text);
    CHECK_FALSE(finite_number(text));
  }
}

}  // namespace
}  // namespace nnrun
