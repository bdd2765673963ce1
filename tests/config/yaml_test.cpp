#include "config/yaml.h"

#include <sys/stat.h>

#include <string>

#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::parse;
using test::TemporaryFolder;
using test::write_bytes;
using test::yaml_mistakes;

TEST_CASE("yaml: every node knows its line and column") {
  const Node root = parse("name: x\nnetwork:\n  - dense: {units: 3}\n  - \"quoted\"\n");
  CHECK_EQ(to_line(root), "{name: x, network: [{dense: {units: 3}}, \"quoted\"]}");
  const Node& network = root.find("network")->value;
  CHECK_EQ(to_text(root.find("name")->value.mark), "test:1:7");
  CHECK_EQ(to_text(root.find("network")->mark), "test:2:1");
  CHECK_EQ(to_text(network.items[0].mark), "test:3:5");
  CHECK_EQ(to_text(network.items[0].entries.front().value.find("units")->value.mark), "test:3:20");
  CHECK_EQ(to_text(network.items[1].mark), "test:4:5");
  CHECK(network.items[1].quoted);
  CHECK_FALSE(root.find("name")->value.quoted);
}

TEST_CASE("yaml: block and quoted scalars are text") {
  const Node root = parse("a: |\n  1\nb: '2'\nc: 3\n");
  CHECK(root.find("a")->value.quoted);
  CHECK_EQ(root.find("a")->value.text, "1\n");
  CHECK(root.find("b")->value.quoted);
  CHECK_FALSE(root.find("c")->value.quoted);
}

struct Bad {
  std::string text;
  std::string message;
};

void check_refused(const Bad& bad) {
  CAPTURE(bad.text);
  const std::string found = yaml_mistakes(bad.text);
  CAPTURE(found);
  CHECK(contains(found, bad.message));
}

TEST_CASE("yaml: duplicate keys are refused with both places") {
  check_refused(
      {"a: 1\nb: 2\na: 3\n", "test:3:1: duplicate key 'a'; it was first given in line 1"});
  check_refused({"a: {b: 1, 'b': 2}\n", "test:1:11: duplicate key 'b'"});
}

TEST_CASE("yaml: null keys are refused") {
  for (const char* text :
       {"a: 1\n: 2\n", "a: 1\n~: 2\n", "a: 1\nnull: 2\n", "a: 1\nNull: 2\n", "a: 1\n\"\": 2\n"}) {
    check_refused({text, "test:2:"});
    check_refused({text, "a key is missing before ':'"});
  }
}

TEST_CASE("yaml: missing values are refused") {
  check_refused(
      {"a: 1\nb:\nc: 3\n",
       "'b' has no value: write one, indent further what belongs to it, or leave it out"});
  check_refused({"a:\n  b:\n\nc: 3\n", "test:2:3: 'b' has no value"});
  check_refused({"a:\n", "test:1:1: 'a' has no value"});
  check_refused({"a: ~\n", "test:1:4: 'a' has no value"});
  check_refused({"a: null\n", "test:1:4: 'a' has no value"});
  check_refused({"a: NULL\n", "test:1:4: 'a' has no value"});
  check_refused({"a: [1, ~]\n", "test:1:8: an item has no value"});
  check_refused({"a:\n  - 1\n  -\n", "an item has no value"});
  check_refused({"? a\n", "'a' has no value"});
}

TEST_CASE("yaml: all mistakes of a file are reported together") {
  const std::string found = yaml_mistakes("a:\nb: 1\nb: 2\nc: ~\n");
  CHECK(contains(found, "'a' has no value"));
  CHECK(contains(found, "duplicate key 'b'"));
  CHECK(contains(found, "'c' has no value"));
}

TEST_CASE("yaml: a second document is refused") {
  check_refused({"--- a\n--- b\n", "test:2:1: a second document; a file holds one experiment"});
  check_refused({"a: 1\n---\nb: 2\n", "test:2:1: a second document"});
  check_refused({"a: 1\n...\nb: 2\n", "a second document"});
  check_refused({"a: 1\n---\n", "a second document"});
}

TEST_CASE("yaml: one document with its marks is fine") {
  CHECK_EQ(to_line(parse("---\na: 1\n...\n")), "{a: 1}");
  CHECK_EQ(to_line(parse("# only a comment before\n--- # and here\na: 1\n")), "{a: 1}");
}

TEST_CASE("yaml: text after the document is refused") {
  for (const char* text :
       {"{a: 1} b\n", "[1, 2] x\n", "'a' b\n", "{a: 1}\n}\n", "a: 1\n]\n", "a: 1\n  b: 2\n",
        "a: 1\nb\n", "{a: 1}}\n", "a: 'b' c\n", "[1]\n- 2\n"}) {
    CAPTURE(text);
    CHECK_FALSE(yaml_mistakes(text).empty());
  }
}

TEST_CASE("yaml: anchors and aliases are refused") {
  check_refused({"a: &x 1\n", "test:1:4: anchors (&name) are not read; use 'extends'"});
  check_refused({"a: 1\nb: &x [1]\n", "test:2:4: anchors"});
  check_refused({"&x a: 1\n", "anchors"});
  check_refused({"a: &x {b: 1}\n", "test:1:4: anchors"});
  // yaml-cpp knows of an alias without its anchor before the reader does.
  CHECK_FALSE(yaml_mistakes("a: *x\n").empty());
}

TEST_CASE("yaml: the billion laughs are refused at the first one") {
  check_refused({"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "test:1:4: anchors"});
}

TEST_CASE("yaml: merge keys are refused") {
  check_refused({"a: 1\n<<: {b: 2}\n", "test:2:1: merge keys (<<) are not read; use 'extends'"});
}

TEST_CASE("yaml: tags are refused") {
  check_refused({"a: !!int 3\n", "test:1:4: tags (tag:yaml.org,2002:int) are not read"});
  check_refused({"a: !!str 3\n", "tags ("});
  check_refused({"a: !x {b: 1}\n", "test:1:4: tags (!x) are not read"});
  check_refused({"a: !!binary aGk=\n", "tags ("});
  check_refused({"!!map\na: 1\n", "tags ("});
  check_refused({"a: ! text\n", "test:1:4: tags (!) are not read"});
  check_refused({"a: ! [1]\n", "tags (!) are not read"});
  check_refused({"a: ! {b: 1}\n", "tags (!) are not read"});
}

TEST_CASE("yaml: keys that are lists or mappings are refused") {
  check_refused({"? [a, b]\n: 1\n", "test:1:3: a key must be a plain name"});
  check_refused({"? {a: b}\n: 1\n", "a key must be a plain name"});
  check_refused({"? - a\n: 1\n", "a key must be a plain name"});
  check_refused({"{[a]: 1}\n", "a key must be a plain name"});
  check_refused({"a: 1\n? \n: 2\n", "a key must be a plain name"});
}

TEST_CASE("yaml: sixteen levels are read and one more is refused") {
  const std::string sixteen = std::string(16, '[') + "1" + std::string(16, ']');
  CHECK_EQ(to_line(parse(sixteen)), sixteen);
  const std::string found = yaml_mistakes("[" + sixteen + "]");
  CHECK_EQ(found, "test:1:17: nested deeper than 16 levels");
}

TEST_CASE("yaml: unterminated quotes are refused") {
  for (const char* text : {"a: 'b\n", "a: \"b\n", "a: 'b", "a: \"b", "'", "\"", "a: \"b\\\"\n",
                           "a: 'b''\n", "a: \"\nb: 1\nc: 2\n"}) {
    CAPTURE(text);
    CHECK_FALSE(yaml_mistakes(text).empty());
  }
}

TEST_CASE("yaml: unclosed lists and mappings are refused") {
  for (const char* text : {"a: [1, 2\n", "a: {b: 1\n", "[", "{", "a: [1}\n", "a: {b: 1]\n"}) {
    CAPTURE(text);
    CHECK_FALSE(yaml_mistakes(text).empty());
  }
}

TEST_CASE("yaml: tabs for indentation are refused with their line") {
  const std::string told = ": not valid YAML: tabs cannot indent; use blanks";
  check_refused({"a:\n\tb: 1\n", "test:2:1" + told});
  check_refused({"network:\n  - a\n\t- b\n", "test:3:1" + told});
  check_refused({"a:\n  b: 1\n  \tc: 1\n", "test:3:3" + told});
  check_refused({"a: |\n  b\n\tc\n", "test:3:1" + told});
  // A tab that indents nothing is none of the mistakes.
  check_refused({"a: 1\nb:\tc: d\n", "test:2:5: not valid YAML: illegal"});
  CHECK_EQ(yaml_mistakes("a:\t1\n"), "");
}

TEST_CASE("yaml: syntax that does not fit has its place") {
  check_refused({"a: 1\nb: c: d\n", "test:2:5: not valid YAML"});
  check_refused({"a: @b\n", "test:1:4: not valid YAML"});
  check_refused({"a: \"b\n", "not valid YAML: a quote, list or mapping is open at the end"});
  check_refused({"a: [1, 2\n", "not valid YAML: a quote, list or mapping is open at the end"});
  check_refused({"a: [1,,2]\n", "test:1:7:"});
}

TEST_CASE("yaml: a directive is refused") {
  CHECK_FALSE(yaml_mistakes("%TAG ! tag:x,2000:\n---\na: !b 1\n").empty());
  CHECK_FALSE(yaml_mistakes("%YAML 3.0\n---\na: 1\n").empty());
}

TEST_CASE("yaml: a byte order mark is passed over") {
  CHECK_EQ(to_line(parse("\xef\xbb\xbf"
                         "a: 1\n")),
           "{a: 1}");
  CHECK_EQ(to_text(parse("\xef\xbb\xbf"
                         "a: 1\n")
                       .find("a")
                       ->mark),
           "test:1:1");
}

TEST_CASE("yaml: other encodings are refused") {
  check_refused({"a: \xff\n", "test: not UTF-8 text"});
  check_refused({"a: \xc0\xaf\n", "not UTF-8 text"});
  CHECK_FALSE(yaml_mistakes(std::string("\xff\xfe"
                                        "a\0:\0",
                                        6))
                  .empty());  // UTF-16, little end
  CHECK_FALSE(yaml_mistakes(std::string("\0a\0:\0 \0"
                                        "1",
                                        8))
                  .empty());  // UTF-16, no mark
}

TEST_CASE("yaml: control characters are refused with their place") {
  CHECK_EQ(yaml_mistakes(std::string("a: 1\nb: \0 2\n", 12)),
           "test:2:4: control character 0x00; is this a text file?");
  check_refused({"a: \x1b[0m\n", "test:1:4: control character 0x1b"});
  check_refused({"a: \x7f\n", "control character 0x7f"});
  CHECK_EQ(to_line(parse("a: 1\r\nb: 2\r\n")), "{a: 1, b: 2}");
}

TEST_CASE("yaml: escaped control characters are refused with their place") {
  check_refused({"a: \"\\x1b[0m\"\n", "test:1:4: the text \"\\x1b[0m\" holds a control character"});
  check_refused({"a: \"\\0\"\n", "test:1:4: the text"});
  check_refused({"\"a\\x7f\": 1\n", "test:1:1: the text"});
  CHECK_EQ(parse("a: \"b\\n\\tc\"\n").find("a")->value.text, "b\n\tc");
}

TEST_CASE("yaml: an empty document is not an experiment and nothing crashes") {
  for (const char* text : {"", "\n", "# only a comment\n", "...\n"}) {
    Diagnostics diagnostics;
    const auto node = parse_yaml(text, "test", diagnostics);
    CHECK((!node || (node->is_scalar() && node->text.empty())));
    if (!node) CHECK_EQ(diagnostics.text(), "test:1:1: the document is empty");
  }
}

TEST_CASE("yaml: quoted null and tilde are text") {
  const Node root = parse("a: \"null\"\nb: '~'\n\"null\": 3\n");
  CHECK_EQ(root.find("a")->value.text, "null");
  CHECK_FALSE(root.find("a")->value.is_plain_value());
  CHECK(root.find("null") != nullptr);
}

TEST_CASE("yaml: read_yaml names the file") {
  const TemporaryFolder folder;
  Diagnostics diagnostics;
  const auto path = write_bytes(folder / "a.yaml", "a: 1\na: 2\n");
  CHECK_FALSE(read_yaml(path, diagnostics).has_value());
  CHECK(contains(diagnostics.text(), path.string() + ":2:1: duplicate key"));
}

TEST_CASE("yaml: what is not a regular file is refused") {
  const TemporaryFolder folder;
  REQUIRE_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  for (const auto& path : {folder.path(), folder / "pipe", folder / "none"}) {
    Diagnostics diagnostics;
    CHECK_FALSE(read_yaml(path, diagnostics).has_value());
    CHECK(contains(diagnostics.text(), path.string()));
  }
}

}  // namespace
}  // namespace nnrun
