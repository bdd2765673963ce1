#include "config/document.h"

#include <string>
#include <vector>

#include "config/options.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::TemporaryFolder;
using test::write_bytes;

/// A folder of YAML files, loaded from `a.yaml`.
struct Files {
  void write(const std::string& name, const std::string& text) { write_bytes(folder / name, text); }

  /// The document on one line, or its mistakes.
  std::string load(const std::vector<std::string>& overrides = {}) {
    Diagnostics diagnostics;
    const auto document =
        load_document(folder / "a.yaml", parse_overrides(overrides, diagnostics), diagnostics);
    CHECK((document || !diagnostics.empty()));
    return diagnostics.empty() ? to_line(*document) : diagnostics.text();
  }

  TemporaryFolder folder;
};

TEST_CASE("document: extends merges mappings and replaces the rest") {
  Files files;
  files.write("base.yaml", "name: base\ndataset: {name: mnist, scale: unit}\nmetrics: [a, b]\n");
  files.write("a.yaml",
              "extends: base.yaml\nname: a\ndataset: {scale: none}\nmetrics: [c]\nseed: 1\n");
  CHECK_EQ(files.load(), "{name: a, dataset: {name: mnist, scale: none}, metrics: [c], seed: 1}");
}

TEST_CASE("document: extends follows a chain with each path relative to its file") {
  Files files;
  std::filesystem::create_directories(files.folder / "deep");
  files.write("deep/c.yaml", "x: 1\ny: 1\nz: 1\n");
  files.write("deep/b.yaml", "extends: c.yaml\ny: 2\nz: 2\n");
  files.write("a.yaml", "extends: deep/b.yaml\nz: 3\n");
  CHECK_EQ(files.load(), "{x: 1, y: 2, z: 3}");
}

TEST_CASE("document: an extended leaf is replaced by another one") {
  Files files;
  files.write("base.yaml", "optimizer: {adam: {beta1: 0.5}}\n");
  files.write("a.yaml", "extends: base.yaml\noptimizer: sgd\n");
  CHECK_EQ(files.load(), "{optimizer: sgd}");
  files.write("a.yaml", "extends: base.yaml\noptimizer: {sgd: {momentum: 0.9}}\n");
  Diagnostics diagnostics;
  auto document = load_document(files.folder / "a.yaml", {}, diagnostics);
  REQUIRE(document);
  Reading reading(diagnostics);
  const auto leaf = read_leaf(Slot{&document->find("optimizer")->value, {}, &reading});
  REQUIRE(leaf);
  CHECK_EQ(leaf->name, "sgd");
  CHECK_EQ(to_line(*leaf->body), "{momentum: 0.9}");
}

TEST_CASE("document: an extended leaf keeps the options that are not named anew") {
  Files files;
  files.write("base.yaml", "optimizer: {adam: {beta1: 0.5, beta2: 0.9}}\n");
  files.write("a.yaml", "extends: base.yaml\noptimizer: {adam: {beta1: 0.7}}\n");
  CHECK_EQ(files.load(), "{optimizer: {adam: {beta1: 0.7, beta2: 0.9}}}");
}

TEST_CASE("document: mistakes name the file they are in") {
  Files files;
  files.write("base.yaml", "x: 1\nx: 2\n");
  files.write("a.yaml", "extends: base.yaml\n");
  CHECK(contains(files.load(), (files.folder / "base.yaml").string() + ":2:1: duplicate key 'x'"));
}

TEST_CASE("document: files that extend each other in a circle are refused") {
  Files files;
  files.write("a.yaml", "extends: a.yaml\n");
  CHECK(contains(files.load(), "a.yaml:1:10: extends: the files extend each other in a circle"));
  files.write("a.yaml", "extends: b.yaml\n");
  files.write("b.yaml", "x: 1\nextends: ./a.yaml\n");
  CHECK(contains(files.load(), "b.yaml:2:10: extends: the files extend each other in a circle"));
}

TEST_CASE("document: a missing extended file is refused with where it was looked for") {
  Files files;
  files.write("a.yaml", "extends: none.yaml\n");
  const std::string found = files.load();
  CHECK(contains(found, "a.yaml:1:10: extends: no file 'none.yaml' (looked for "));
  CHECK(contains(found, (files.folder / "none.yaml").string()));
}

TEST_CASE("document: extends must be a path") {
  Files files;
  for (const char* value : {"3", "[b.yaml]", "{b: c}", "true", "\"\""}) {
    files.write("a.yaml", "extends: " + std::string(value) + "\n");
    CHECK(contains(files.load(), "a.yaml:1:10: extends: expected the path of another file, got"));
  }
  files.write("a.yaml", "extends: .\n");
  CHECK(contains(files.load(), "not a regular file"));
}

TEST_CASE("document: set changes and adds in order") {
  Files files;
  files.write("a.yaml", "rate: 1\nnetwork: [dense]\n");
  CHECK_EQ(files.load({"rate=0.7"}), "{rate: 0.7, network: [dense]}");
  CHECK_EQ(files.load({"rate=[1, 2]", "rate=3"}), "{rate: 3, network: [dense]}");
  CHECK_EQ(files.load({"network.0.dense.units=3"}), "{rate: 1, network: [{dense: {units: 3}}]}");
  CHECK_EQ(files.load({"text=a=b"}), "{rate: 1, network: [dense], text: a=b}");
  CHECK_EQ(files.load({"text=\"\""}), "{rate: 1, network: [dense], text: \"\"}");
  CHECK_EQ(files.load({"new.key={a: 1}"}), "{rate: 1, network: [dense], new: {key: {a: 1}}}");
}

TEST_CASE("document: what is set is not replaced by the grid") {
  Files files;
  files.write("a.yaml", "net: {units: 3, bias: 1}\ngrid: {net.units: [1, 2], seed: [1, 2]}\n");
  CHECK_EQ(files.load({"net.units=24"}), "{net: {units: 24, bias: 1}, grid: {seed: [1, 2]}}");
  CHECK_EQ(files.load({"net.units=[5, 6]", "seed=7"}), "{net: {units: [5, 6], bias: 1}, seed: 7}");
  CHECK_EQ(files.load({"grid.net.units=[8, 9]"}),
           "{net: {units: 3, bias: 1}, grid: {net.units: [8, 9], seed: [1, 2]}}");
  files.write("a.yaml", "net: {units: 3}\ngrid: {net: [{units: 1}, {units: 2}]}\n");
  CHECK(
      contains(files.load({"net.units=24"}),
               "--set net.units=24: net.units lies in a value of 'grid', which would replace it"));
}

TEST_CASE("document: what is set is not replaced by zip, and not where runs would") {
  Files files;
  files.write("a.yaml", "rate: 1\nzip: {rate: [1, 2], seed: [1, 2]}\n");
  CHECK_EQ(files.load({"rate=24"}), "{rate: 24, zip: {seed: [1, 2]}}");
  CHECK_EQ(files.load({"zip.rate=[5, 6]"}), "{rate: 1, zip: {rate: [5, 6], seed: [1, 2]}}");
  files.write("a.yaml", "rate: 1\ngrid: {rate: [1, 2]}\nwhen: {rate: {seed: 1}}\n");
  CHECK_EQ(files.load({"rate=24"}), "{rate: 24}");
  CHECK_EQ(files.load({"when.rate={seed: 2}"}),
           "{rate: 1, grid: {rate: [1, 2]}, when: {rate: {seed: 2}}}");
  files.write("a.yaml", "rate: 1\nruns: [{rate: 2}, {seed: 3}]\n");
  CHECK(
      contains(files.load({"rate=24"}), "rate lies in a value of 'runs', which would replace it"));
}

TEST_CASE("document: a set that is not PATH=VALUE is refused") {
  Files files;
  files.write("a.yaml", "rate: 1\n");
  for (const char* text : {"rate", "=3", ""}) {
    CHECK(contains(files.load({text}), "expected PATH=VALUE, such as learning_rate=0.7"));
  }
  CHECK_EQ(files.load({"rate="}), "--set rate=: no value after '='; write \"\" for empty text");
  CHECK_FALSE(files.load({"rate=# nothing"}).starts_with("{"));
  CHECK_FALSE(files.load({"rate=~"}).starts_with("{"));
  CHECK(contains(files.load({"rate=[1"}), "--set rate=[1:"));
  CHECK(contains(files.load({"rate=&a 1"}), "anchors (&name) are not read"));
  CHECK(contains(files.load({"rate.x=1"}), "--set rate.x=1: there is no rate.x in the file"));
  CHECK(contains(files.load({"rate=\xff"}), "not UTF-8"));
  CHECK(contains(files.load({"a\xff.b=1"}), "--set a\\xff.b=1: not UTF-8"));
  CHECK(contains(files.load({"a\x1b=1"}), "--set a\\x1b=1: not UTF-8 text, or with control"));
}

TEST_CASE("document: every wrong set is reported") {
  Files files;
  files.write("a.yaml", "rate: 1\n");
  const std::string found = files.load({"a", "b"});
  CHECK(contains(found, "--set a: "));
  CHECK(contains(found, "--set b: "));
}

TEST_CASE("document: a value's column counts from the start of the whole set") {
  Files files;
  files.write("a.yaml", "rate: 1\n");
  Diagnostics diagnostics;
  const auto document = load_document(files.folder / "a.yaml",
                                      parse_overrides({"rate=abc"}, diagnostics), diagnostics);
  REQUIRE(document);
  CHECK_EQ(to_text(document->find("rate")->value.mark), "--set rate=abc:1:6");
}

TEST_CASE("document: a path of any length is refused without harm") {
  Files files;
  files.write("a.yaml", "rate: 1\n");
  std::string path = "a";
  for (int i = 0; i < 100000; ++i) path += ".a";
  for (const std::string& text :
       {path + "=1", std::string(100000, '.') + "=1", path, std::string(1000000, 'a') + ".b.c=["}) {
    const std::string found = files.load({text});
    CHECK_FALSE(found.starts_with("{"));
    CHECK(found.size() < 2000);
  }
}

TEST_CASE("document: nodes are numbered in the order they stand in") {
  Files files;
  files.write("base.yaml", "x: 1\ny: 2\n");
  files.write("a.yaml", "extends: base.yaml\ny: 3\nz: 4\n");
  Diagnostics diagnostics;
  const auto document =
      load_document(files.folder / "a.yaml", parse_overrides({"w=5"}, diagnostics), diagnostics);
  REQUIRE(document);
  CHECK(document->find("x")->value.order < document->find("y")->value.order);
  CHECK(document->find("y")->value.order < document->find("z")->value.order);
  CHECK(document->find("z")->value.order < document->find("w")->value.order);
}

}  // namespace
}  // namespace nnrun
