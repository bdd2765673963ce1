#include "config/node.h"

#include <string>

#include "support.h"

namespace nnrun {
namespace {

using test::parse;

TEST_CASE("node: a plain value is a number or a word of YAML without quotes") {
  for (const char* text : {"1", "-0.5", "1e3", "true", "false", "null", "~"}) {
    CHECK(Node::scalar(text).is_plain_value());
    CHECK_FALSE(Node::scalar(text, {}, true).is_plain_value());
  }
  for (const char* text : {"abc", "010", "yes", ".nan", ""}) {
    CHECK_FALSE(Node::scalar(text).is_plain_value());
  }
  CHECK_FALSE(Node::sequence().is_plain_value());
}

TEST_CASE("node: what was found is said in words") {
  CHECK_EQ(describe(parse("{a: 1}")), "a mapping");
  CHECK_EQ(describe(parse("{}")), "an empty mapping");
  CHECK_EQ(describe(parse("[1]")), "a list");
  CHECK_EQ(describe(parse("[]")), "an empty list");
  CHECK_EQ(describe(parse("3")), "3");
  CHECK_EQ(describe(parse("abc")), "'abc'");
  CHECK_EQ(describe(parse("\"3\"")), "the text \"3\"");
  CHECK_EQ(describe(Node::scalar("\x1b")), "'\\x1b'");
}

TEST_CASE("node: entries keep their order and can go") {
  Node node = parse("{b: 1, a: 2}");
  node.at("c", {}).value = Node::scalar("3");
  node.at("a", {}).value = Node::scalar("4");
  CHECK_EQ(to_line(node), "{b: 1, a: 4, c: 3}");
  node.erase("b");
  CHECK_EQ(to_line(node), "{a: 4, c: 3}");
  CHECK(node.find("b") == nullptr);
}

TEST_CASE("node: numbers follow the order of the text") {
  Node node = parse("{a: [1, 2], b: {c: 3}}");
  number_nodes(node);
  CHECK_EQ(node.order, 0);
  CHECK_EQ(node.find("a")->value.items[1].order, 3);
  CHECK_EQ(node.find("b")->value.find("c")->value.order, 5);
}

TEST_CASE("node: a mark without a place shows what it has") {
  CHECK_EQ(to_text(Mark{}), "");
  CHECK_EQ(to_text(Mark{std::make_shared<const std::string>("f"), 0, 0}), "f");
  CHECK_EQ(to_text(Mark{std::make_shared<const std::string>("f"), 3, 4}), "f:3:4");
}

}  // namespace
}  // namespace nnrun
