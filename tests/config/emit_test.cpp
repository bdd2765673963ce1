#include <string>
#include <vector>

#include "base/rng.h"
#include "support.h"

namespace nnrun {
namespace {

using test::parse;

/// Whether two trees mean the same. Quotes count only where they decide between text and number.
bool same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.is_plain_value() != b.is_plain_value())
    return false;
  if (a.items.size() != b.items.size() || a.entries.size() != b.entries.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same(a.items[i], b.items[i])) return false;
  }
  auto other = b.entries.begin();
  for (const Entry& entry : a.entries) {
    if (entry.key != other->key || !same(entry.value, other->value)) return false;
    ++other;
  }
  return true;
}

void check_round_trip(const Node& node) {
  const std::string text = to_yaml(node);
  CAPTURE(text);
  Diagnostics diagnostics;
  const auto again = parse_yaml(text, "again", diagnostics);
  CHECK_EQ(diagnostics.text(), "");
  REQUIRE(again);
  CHECK(same(node, *again));
  CHECK_EQ(to_yaml(*again), text);
}

/// The text as a value, a key, an item of a short list and a value in a mapping in a list.
void check_text_everywhere(const std::string& text) {
  CAPTURE(text);
  Node root = Node::mapping();
  root.at("value", {}).value = Node::scalar(text, {}, true);
  if (!text.empty()) root.at(text, {}).value = Node::scalar("1");
  Node list = Node::sequence();
  list.items = {Node::scalar(text, {}, true), Node::scalar("last")};
  root.at("list", {}).value = list;
  Node inner = Node::mapping();
  inner.at("name", {}).value = Node::scalar(text, {}, true);
  Node outer = Node::sequence();
  outer.items = {inner};
  root.at("network", {}).value = outer;
  check_round_trip(root);
}

TEST_CASE("emit: an experiment comes back the same") {
  check_round_trip(
      parse("name: x\nseed: 1\ndataset: {name: mnist, split: {train: 0.8}}\n"
            "network:\n  - dense: {units: [16, 64], weights: {normal: {stddev: 0.01}}}\n"
            "  - sigmoid\nlearning_rate: [0.3, 0.7]\nmetrics: []\nempty: {}\n"));
}

TEST_CASE("emit: numbers stay as they were written") {
  CHECK_EQ(to_yaml(parse("a: 0.1\nb: 1e-05\nc: true\n")), "a: 0.1\nb: 1e-05\nc: true\n");
}

TEST_CASE("emit: short lists and items are kept on one line") {
  CHECK_EQ(
      to_yaml(parse("rate:\n  - 0.3\n  - 0.7\nnetwork:\n  - dense:\n      units: 3\n  - relu\n")),
      "rate: [0.3, 0.7]\nnetwork:\n  - {dense: {units: 3}}\n  - relu\n");
}

TEST_CASE("emit: text that looks like something else keeps its quotes") {
  for (const char* text : {"1",          "0.3",  "-5", "1e3", "true", "false", "null", "~",
                           "Null",       "NULL", "",   "010", "0x10", ".nan",  "yes",  "no",
                           "2024-01-01", "<<",   "=",  "---", "...",  "+1",    ".5"}) {
    check_text_everywhere(text);
  }
  CHECK_EQ(to_yaml(parse("a: \"0.3\"\n")), "a: \"0.3\"\n");
}

TEST_CASE("emit: quotes and marks of YAML in text come back") {
  for (const char* text : {"#",      "a # b",    "a #b",      "a#b",  ": ",        "a: b",
                           "a:",     ":a",       "- a",       "-",    "?",         "? a",
                           "!tag",   "&anchor",  "*alias",    "%x",   "@x",        "`x",
                           "{",      "}",        "[a]",       ",",    "a, b",      "|",
                           ">",      "'",        "\"",        "it's", "say \"x\"", "\\",
                           "a\\nb",  " leading", "trailing ", "  ",   "'quoted'",  "\"quoted\"",
                           "a]b",    "a}b",      "[",         "]",    "!",         "%",
                           "!!str x"}) {
    check_text_everywhere(text);
  }
}

TEST_CASE("emit: lines and odd characters in text come back") {
  for (const char* text : {"a\nb", "a\n", "\n", "\na", "a\n\nb\n", "a\tb", "\t", "a\rb", "a\r\nb",
                           "é", "数", "😀", "\u2028", "\u0085", "\ufeff", "\u202e", "a\u00a0b"}) {
    check_text_everywhere(text);
  }
}

TEST_CASE("emit: long text and long names come back") {
  check_text_everywhere(std::string(3000, 'x'));
  check_text_everywhere(std::string(500, 'a') + " " + std::string(500, 'b'));
}

TEST_CASE("emit: random text comes back") {
  const std::vector<std::string> parts = {"a",  "1", ".", " ", "\n", ":", "#",  "-", "'", "\"",
                                          "\\", "{", "}", "[", "]",  ",", "&",  "*", "!", "?",
                                          "|",  "é", "~", "%", "@",  "e", "\t", "<", "=", "x"};
  const Stream stream(1, "emit");
  std::uint64_t next = 0;
  const auto draw = [&](std::size_t below) {
    return static_cast<std::size_t>(stream.uniform(next++) * static_cast<double>(below));
  };
  for (int trial = 0; trial < 1500; ++trial) {
    std::string text;
    for (std::size_t left = 1 + draw(8); left > 0; --left) text += parts[draw(parts.size())];
    check_text_everywhere(text);
  }
}

}  // namespace
}  // namespace nnrun
