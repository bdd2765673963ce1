#include <string>
#include <variant>

#include "config/options_fixture.h"

namespace nnrun {
namespace {

using test::contains;
using test::parse;
using Fixture = test::OptionsFixture;

using Read = void (*)(Options&);

/// The mistakes of reading `value` as the key `k`.
std::string mistakes(const std::string& value, Read read) {
  CAPTURE(value);
  Fixture fixture("k: " + value);
  read(fixture.options);
  fixture.options.finish();
  return fixture.diagnostics.text();
}

std::string got(const std::string& expected, const std::string& found) {
  return "test:1:4: k: expected " + expected + ", got " + found;
}

void real(Options& options) { options.real("k"); }
void positive_real(Options& options) { options.real("k", positive()); }
void whole(Options& options) { options.whole("k", at_least(1)); }
void boolean(Options& options) { options.boolean("k"); }
void text(Options& options) { options.text("k"); }
void choice(Options& options) { options.choice("k", {"none", "unit", "standard"}); }
void whole_or_full(Options& options) { options.whole_or("k", "full", at_least(1), true); }
void share(Options& options) { options.share("k", 0.5); }

TEST_CASE("options: a real number is read and put into its shortest form") {
  Fixture fixture("{a: 1e-3, b: 3.0, c: 1e3, d: -0.5, e: 7}");
  CHECK_EQ(fixture.options.real("a"), 0.001);
  CHECK_EQ(fixture.options.real("b"), 3.0);
  CHECK_EQ(fixture.options.real("c"), 1000.0);
  CHECK_EQ(fixture.options.real("d"), -0.5);
  CHECK_EQ(fixture.options.real("e"), 7.0);
  fixture.options.finish();
  CHECK_EQ(fixture.diagnostics.text(), "");
  CHECK_EQ(to_line(fixture.root), "{a: 0.001, b: 3, c: 1000, d: -0.5, e: 7}");
}

TEST_CASE("options: every other form of a real number is refused") {
  for (const char* value : {"010", "0x10", ".nan", ".inf", "nan", "inf", "1e-400", "1e400", "yes",
                            "+1", "1_000", "abc"}) {
    CHECK_EQ(mistakes(value, real), got("a real number", "'" + std::string(value) + "'"));
  }
  CHECK_EQ(mistakes("0,3", real), got("a real number", "'0,3'"));
  CHECK_EQ(mistakes("\"0.3\"", real), got("a real number", "the text \"0.3\""));
  CHECK_EQ(mistakes("'0.3'", real), got("a real number", "the text \"0.3\""));
  CHECK_EQ(mistakes("true", real), got("a real number", "true"));
  CHECK_EQ(mistakes("{a: 1}", real), got("a real number", "a mapping"));
}

TEST_CASE("options: a real number out of range is refused") {
  CHECK_EQ(mistakes("0", positive_real), got("a real number > 0", "0"));
  CHECK_EQ(mistakes("-3", positive_real), got("a real number > 0", "-3"));
  CHECK_EQ(mistakes("1e-3", positive_real), "");
}

TEST_CASE("options: a real number that single precision cannot hold is refused") {
  for (const char* value : {"1e300", "-1e39", "1e-300", "1e-39"}) {
    CHECK(contains(mistakes(value, real), "expected a number that single precision can hold"));
  }
  CHECK_EQ(mistakes("3e38", real), "");
  CHECK_EQ(mistakes("0", real), "");
}

TEST_CASE("options: a whole number is written without point or exponent") {
  CHECK_EQ(mistakes("3", whole), "");
  for (const char* value : {"0", "-3", "3.0", "1e3"}) {
    CHECK_EQ(mistakes(value, whole), got("a whole number ≥ 1", value));
  }
  for (const char* value : {"010", "0x10", "many", "9223372036854775808x"}) {
    CHECK_EQ(mistakes(value, whole), got("a whole number ≥ 1", "'" + std::string(value) + "'"));
  }
  CHECK_EQ(mistakes("\"3\"", whole), got("a whole number ≥ 1", "the text \"3\""));
  CHECK_EQ(mistakes("99999999999999999999", whole),
           got("a whole number ≥ 1", "99999999999999999999"));
}

TEST_CASE("options: a boolean is true or false") {
  Fixture fixture("{a: true, b: false}");
  CHECK(fixture.options.boolean("a"));
  CHECK_FALSE(fixture.options.boolean("b"));
  for (const char* value : {"yes", "no", "on", "True", "TRUE"}) {
    CHECK_EQ(mistakes(value, boolean), got("true or false", "'" + std::string(value) + "'"));
  }
  CHECK_EQ(mistakes("1", boolean), got("true or false", "1"));
  CHECK_EQ(mistakes("\"true\"", boolean), got("true or false", "the text \"true\""));
}

TEST_CASE("options: text that looks like a number needs quotes") {
  Fixture fixture("{a: plain, b: \"3\"}");
  CHECK_EQ(fixture.options.text("a"), "plain");
  CHECK_EQ(fixture.options.text("b"), "3");
  const std::string expected = "text (in quotes where it looks like a number)";
  CHECK_EQ(mistakes("3", text), got(expected, "3"));
  CHECK_EQ(mistakes("true", text), got(expected, "true"));
  CHECK_EQ(mistakes("{a: b}", text), got(expected, "a mapping"));
}

TEST_CASE("options: a choice is one of the accepted words") {
  CHECK_EQ(mistakes("unit", choice), "");
  CHECK_EQ(mistakes("units", choice),
           "test:1:4: k: expected none | unit | standard, got 'units'; did you mean 'unit'?");
  CHECK_EQ(mistakes("zzzzzzzz", choice), got("none | unit | standard", "'zzzzzzzz'"));
  CHECK_EQ(mistakes("3", choice), got("none | unit | standard", "3"));
}

TEST_CASE("options: a whole number or a word") {
  Fixture fixture("{a: full, b: 64}");
  CHECK_FALSE(fixture.options.whole_or("a", "full", at_least(1), true).has_value());
  CHECK_EQ(fixture.options.whole_or("b", "full", at_least(1), true), 64);
  CHECK_FALSE(fixture.options.whole_or("c", "full", at_least(1), true).has_value());
  CHECK_EQ(to_line(fixture.root), "{a: full, b: 64, c: full}");
  const std::string expected = "'full' or a whole number ≥ 1";
  CHECK_EQ(mistakes("0", whole_or_full), got(expected, "0"));
  CHECK_EQ(mistakes("all", whole_or_full), got(expected, "'all'"));
  CHECK_EQ(mistakes("64.0", whole_or_full), got(expected, "64.0"));
}

TEST_CASE("options: a share is a count or a fraction with a point") {
  Fixture fixture("{a: 40000, b: 0.8, c: 1, d: 1.0, e: 0}");
  CHECK(fixture.options.share("a", 0.5) == Share(std::int64_t{40000}));
  CHECK(fixture.options.share("b", 0.5) == Share(0.8));
  CHECK(fixture.options.share("c", 0.5) == Share(std::int64_t{1}));
  CHECK(fixture.options.share("d", 0.5) == Share(1.0));
  CHECK(fixture.options.share("e", 0.5) == Share(std::int64_t{0}));
  const std::string expected = "a number of samples (40000) or a fraction from 0 to 1 (0.8)";
  for (const char* value : {"1.5", "-1", "-0.5", "1e4"}) {
    CHECK_EQ(mistakes(value, share), got(expected, value));
  }
  CHECK_EQ(mistakes("\"0.8\"", share), got(expected, "the text \"0.8\""));
  CHECK_EQ(mistakes("half", share), got(expected, "'half'"));
}

TEST_CASE("options: a fraction written in full is still one when it is resolved") {
  // 1.0 must not become 1, which is one sample.
  Fixture first("k: 1.0");
  first.options.share("k", 0.5);
  Fixture again(to_yaml(first.root));
  CHECK(again.options.share("k", 0.5) == Share(1.0));
}

TEST_CASE("options: the default of a share is a fraction when read again") {
  Fixture first("a: 1");
  CHECK(first.options.share("k", 1.0) == Share(1.0));
  Fixture again(to_yaml(first.root));
  CHECK(again.options.share("k", 0.5) == Share(1.0));
}

TEST_CASE("options: a missing key is reported where its mapping stands") {
  Fixture fixture("network: 1");
  fixture.options.pass_over("network");
  fixture.options.whole("epochs", at_least(0));
  fixture.options.finish();
  CHECK_EQ(fixture.diagnostics.text(),
           "test:1:1: missing key 'epochs': expected a whole number ≥ 0");
}

TEST_CASE("options: defaults are filled into the document") {
  Fixture fixture("{}");
  CHECK_EQ(fixture.options.real("a", positive(), 0.01), 0.01);
  CHECK_EQ(fixture.options.whole("b", at_least(1), 7), 7);
  CHECK(fixture.options.boolean("c", true));
  CHECK_EQ(fixture.options.text("d", "1"), "1");
  CHECK_EQ(fixture.options.choice("e", {"x", "y"}, "y"), "y");
  fixture.options.leaf("f", "zeros");
  fixture.options.mapping("g", false);
  CHECK(fixture.options.list("h", list_form(text_form()), false).empty());
  CHECK_FALSE(fixture.options.optional_text("i").has_value());
  fixture.options.finish();
  CHECK_EQ(fixture.diagnostics.text(), "");
  CHECK_EQ(to_line(fixture.root),
           "{a: 0.01, b: 7, c: true, d: \"1\", e: y, f: zeros, g: {}, h: []}");
}

TEST_CASE("options: a mistake leaves a value in range to go on with") {
  Fixture fixture("{a: -5, b: x, c: 0}");
  CHECK(fixture.options.real("a", positive()) > 0);
  CHECK(fixture.options.whole("b", whole_between(10, 20)) >= 10);
  CHECK(fixture.options.real("c", RealBounds{.least = 0, .most = 0.1, .open_least = true}) > 0);
  CHECK_EQ(fixture.diagnostics.size(), 3);
}

TEST_CASE("options: a list where one value is expected becomes an axis") {
  Fixture fixture("learning_rate: [0.3, 0.7]");
  CHECK_EQ(fixture.options.real("learning_rate", positive()), 0.3);
  REQUIRE_EQ(fixture.reading.axes.size(), 1);
  const Axis& axis = fixture.reading.axes[0];
  CHECK_EQ(axis.path.dotted(), "learning_rate");
  CHECK_EQ(axis.values.size(), 2);
  CHECK_EQ(axis.values[1].text, "0.7");
  CHECK_EQ(to_text(axis.mark), "test:1:16");
  CHECK_EQ(to_line(fixture.root), "{learning_rate: [0.3, 0.7]}");
}

TEST_CASE("options: an empty axis is refused") {
  CHECK_EQ(mistakes("[]", real),
           "test:1:4: k: an empty list; a grid axis needs at least one value");
}

TEST_CASE("options: unknown keys are refused with the nearest name") {
  Fixture fixture("{unitz: 3, zzzzzzzzz: 1}");
  fixture.options.whole("units", at_least(1), 3);
  fixture.options.real("rate", positive(), 1.0);
  fixture.options.finish();
  CHECK_EQ(fixture.diagnostics.text(),
           "test:1:2: unknown key 'unitz'; did you mean 'units'? accepted: units, rate\n"
           "test:1:12: unknown key 'zzzzzzzzz'; accepted: units, rate");
}

TEST_CASE("options: where no keys are known any is unknown") {
  Fixture fixture("a: 1");
  fixture.options.finish();
  CHECK_EQ(fixture.diagnostics.text(), "test:1:1: unknown key 'a'; there are no options here");
}

TEST_CASE("options: what is not a mapping is refused once") {
  Fixture fixture("[1, 2]");
  fixture.options.real("a");
  fixture.options.finish();
  CHECK_EQ(fixture.diagnostics.text(),
           "test:1:1: expected a mapping of options (key: value), got a list");
}

TEST_CASE("options: list items are places of their own") {
  Fixture fixture("metrics: [a, b]");
  const auto items = fixture.options.list("metrics", list_form(text_form()), true);
  REQUIRE_EQ(items.size(), 2);
  CHECK_EQ(items[1].path.text(), "metrics[1]");
  CHECK_EQ(items[1].node->text, "b");
  Fixture empty("metrics: []");
  CHECK(empty.options.list("metrics", list_form(text_form()), true).empty());
  CHECK(contains(empty.diagnostics.text(),
                 "expected a list of at least one item, got an empty list"));
  Fixture scalar("metrics: a");
  CHECK(scalar.options.list("metrics", list_form(text_form()), false).empty());
  CHECK(contains(scalar.diagnostics.text(), "expected a list, got 'a'"));
}

TEST_CASE("options: every option asked for is recorded for the list command") {
  Fixture fixture("{}");
  fixture.options.real("stddev", positive(), 0.01);
  REQUIRE_EQ(fixture.reading.options.size(), 1);
  CHECK_EQ(fixture.reading.options[0].path, "stddev");
  CHECK_EQ(fixture.reading.options[0].form.text(), "a real number > 0");
  CHECK_EQ(fixture.reading.options[0].default_value, "0.01");
}

}  // namespace
}  // namespace nnrun
