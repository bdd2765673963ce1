// Files made to hurt a reader. A hang shows as a timeout, a stack overflow as a crash.
#include <string>

#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::parse;
using test::yaml_mistakes;

constexpr std::size_t kMebibyte = std::size_t{1} << 20U;

std::string repeated(const std::string& part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST_CASE("yaml limits: one mebibyte is read and one byte more is refused") {
  const std::string text = "a: 1\n#" + std::string(kMebibyte - 6, 'x');
  CHECK_EQ(to_line(parse(text)), "{a: 1}");
  CHECK(contains(yaml_mistakes(text + "x"), "larger than 1 MiB"));
}

TEST_CASE("yaml limits: a mebibyte of commas") {
  CHECK_FALSE(yaml_mistakes(std::string(kMebibyte, ',')).empty());
  CHECK_FALSE(yaml_mistakes("[" + std::string(kMebibyte - 1, ',')).empty());
}

TEST_CASE("yaml limits: a mebibyte of opening brackets") {
  CHECK_FALSE(yaml_mistakes(std::string(kMebibyte, '[')).empty());
  CHECK_FALSE(yaml_mistakes(std::string(kMebibyte, '{')).empty());
  CHECK_FALSE(yaml_mistakes(repeated("[{", kMebibyte / 2)).empty());
}

TEST_CASE("yaml limits: a mebibyte of closing brackets and marks") {
  for (const char mark : {']', '}', ':', '?', '-', '!',  '&',  '*', '\'', '"', '|', '>',
                          '%', '@', '`', '#', ' ', '\n', '\t', '~', '.',  'a', '0', '\\'}) {
    CAPTURE(mark);
    Diagnostics diagnostics;
    const auto node = parse_yaml(std::string(kMebibyte, mark), "test", diagnostics);
    CHECK((!node || node->is_scalar()));
  }
}

TEST_CASE("yaml limits: nesting of a hundred thousand levels") {
  const std::string found = yaml_mistakes(repeated("[", 100000) + repeated("]", 100000));
  CHECK(contains(found, "test:1:17: nested deeper than 16 levels"));
  CHECK_FALSE(yaml_mistakes(repeated("- ", 100000) + "1\n").empty());
  CHECK_FALSE(yaml_mistakes(repeated("{a: ", 100000) + "1" + repeated("}", 100000)).empty());
  CHECK_FALSE(yaml_mistakes(repeated("? ", 100000) + "1\n").empty());
}

TEST_CASE("yaml limits: nesting by indentation") {
  std::string text;
  for (std::size_t level = 0; level < 1000; ++level) text += std::string(level, ' ') + "a:\n";
  CHECK(contains(yaml_mistakes(text), "test:17:17: nested deeper than 16 levels"));
}

TEST_CASE("yaml limits: a hundred thousand values are read and one more is refused") {
  const std::string text = "[" + repeated("1,", 99998) + "1]";
  CHECK_EQ(parse(text).items.size(), 99999);
  CHECK(contains(yaml_mistakes("[" + repeated("1,", 99999) + "1]"), "more than 100000 values"));
}

TEST_CASE("yaml limits: a thousand keys are read and one more is refused") {
  std::string keys;
  for (int i = 0; i < 1000; ++i) keys += "key" + std::to_string(i) + ": 1\n";
  CHECK_EQ(parse(keys).entries.size(), 1000);
  CHECK_EQ(yaml_mistakes(keys + "a: 1\n"), "test:1001:1: more than 1000 keys in one mapping");
}

TEST_CASE("yaml limits: many mistakes") {
  CHECK(contains(yaml_mistakes(repeated("- ~\n", 49000)), "more mistakes"));
}

TEST_CASE("yaml limits: more than fits is refused before it is read") {
  for (const char* part : {",", "[", "{", "''", "\"\""}) {
    CAPTURE(part);
    CHECK_EQ(yaml_mistakes(repeated(part, 100001)), "test: more than 100000 values");
  }
  CHECK_EQ(to_line(parse("a: 1\n#" + std::string(100000, ','))), "{a: 1}");
}

TEST_CASE("yaml limits: long names and texts") {
  const std::string name(1000, 'k');
  CHECK(contains(yaml_mistakes(name + ": ~\n"), "…"));
  CHECK(yaml_mistakes(name + ": ~\n").size() < 1000);
  const std::string longest = yaml_mistakes(std::string(kMebibyte - 10, 'k') + ": ~\n");
  CHECK_FALSE(longest.empty());
  CHECK(longest.size() < 1000);
  CHECK_EQ(parse("a: \"" + std::string(kMebibyte - 10, 'x') + "\"\n").find("a")->value.text.size(),
           kMebibyte - 10);
}

}  // namespace
}  // namespace nnrun
