#include "config/path.h"

#include <string>

#include "support.h"

namespace nnrun {
namespace {

using test::parse;

TEST_CASE("path: dotted text and message text") {
  const Path path = Path::parse("network.0.dense.units");
  CHECK_EQ(path.dotted(), "network.0.dense.units");
  CHECK_EQ(path.text(), "network[0].dense.units");
  CHECK(path == Path() / "network" / 0 / "dense" / "units");
  CHECK_EQ(Path().text(), "");
}

TEST_CASE("path: find follows keys and positions") {
  const Node root = parse("network: [{dense: {units: 3}}, relu]\n");
  const auto found = [&](const char* path) {
    const Node* node = Path::parse(path).find(root);
    return node == nullptr ? "nothing" : to_line(*node);
  };
  CHECK_EQ(found("network.0.dense.units"), "3");
  CHECK_EQ(found("network.1"), "relu");
  CHECK_EQ(found("network.2"), "nothing");
  CHECK_EQ(found("network.-1"), "nothing");
  CHECK_EQ(found("network.x"), "nothing");
  CHECK_EQ(found("network.1.relu"), "nothing");
  CHECK_EQ(found(""), "nothing");
  CHECK_EQ(found("network..0"), "nothing");
}

std::string assigned(const std::string& text, const std::string& path, const std::string& value) {
  Node root = parse(text);
  const std::string before = to_line(root);
  const bool done = Path::parse(path).assign(root, parse(value));
  if (!done) CHECK_EQ(to_line(root), before);
  return done ? to_line(root) : "refused";
}

TEST_CASE("path: assign replaces and adds") {
  CHECK_EQ(assigned("a: 1", "a", "2"), "{a: 2}");
  CHECK_EQ(assigned("a: 1", "b", "2"), "{a: 1, b: 2}");
  CHECK_EQ(assigned("a: 1", "b.c.d", "2"), "{a: 1, b: {c: {d: 2}}}");
  CHECK_EQ(assigned("a: [1, 2]", "a.1", "3"), "{a: [1, 3]}");
  CHECK_EQ(assigned("a: {b: 1}", "a", "[1, 2]"), "{a: [1, 2]}");
}

TEST_CASE("path: assign opens a leaf written as its bare name") {
  CHECK_EQ(assigned("optimizer: adam", "optimizer.adam.beta1", "0.5"),
           "{optimizer: {adam: {beta1: 0.5}}}");
  CHECK_EQ(assigned("network: [dense]", "network.0.dense.units", "3"),
           "{network: [{dense: {units: 3}}]}");
}

TEST_CASE("path: assign refuses what has no such part") {
  CHECK_EQ(assigned("a: 1", "a.b", "2"), "refused");
  CHECK_EQ(assigned("a: [1]", "a.1", "2"), "refused");
  CHECK_EQ(assigned("a: [1]", "a.x", "2"), "refused");
  CHECK_EQ(assigned("optimizer: adam", "optimizer.sgd.beta1", "2"), "refused");
  CHECK_EQ(assigned("optimizer: \"adam\"", "optimizer.adam.beta1", "2"), "refused");
}

TEST_CASE("path: assign refuses what goes deeper than a file may") {
  std::string path = "a";
  for (int i = 0; i < 15; ++i) path += ".a";
  CHECK_NE(assigned("b: 1", path, "2"), "refused");
  CHECK_EQ(assigned("b: 1", path + ".a", "2"), "refused");
}

TEST_CASE("path: it leads to itself and to what lies in it") {
  const Path path = Path::parse("network.0.dense");
  CHECK(path.leads_to(path));
  CHECK(path.leads_to(path / "bias"));
  CHECK_FALSE(path.leads_to(Path::parse("network.0")));
  CHECK_FALSE(path.leads_to(Path::parse("network.1.dense.bias")));
}

}  // namespace
}  // namespace nnrun
