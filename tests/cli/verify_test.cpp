#include <nlohmann/json.hpp>

#include "cli/process.h"
#include "report/manifests.h"

namespace nnrun {

using namespace test;

namespace {

/// A trained manifest whose claims come out as `relation` decides.
struct Verified : ManifestBench {
  explicit Verified(const std::string& relation = "at_least: 0") {
    manifest(claim("one", "final: {of: test_accuracy}", relation));
    train();
  }
  Finished verify(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"verify", "manifest.yaml"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return nnrun(folder, arguments);
  }
};

}  // namespace

TEST_CASE("cli: verify ends with 0 when every claim holds, and with the counts in the last line") {
  const Verified bench;
  const auto found = bench.verify();
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.error, "");
  CHECK(found.out.starts_with("claim  place  reported  measured  verdict\n"));
  CHECK(found.out.ends_with("\n1 claim: 1 holds\n"));
}

TEST_CASE("cli: verify ends with 3 when a claim fails or has no result") {
  const Verified bench("at_least: 2");
  const auto fails = bench.verify();
  CHECK_EQ(fails.status, 3);
  CHECK(contains(fails.out, "fails"));
  const auto stale = bench.verify({"--set", "epochs=5"});
  CHECK_EQ(stale.status, 3);
  CHECK(contains(stale.out,
                 "sweep learning_rate=1: finished with another configuration: epochs: "
                 "was 3, now 5"));
  const auto elsewhere = bench.verify({"--results", "elsewhere"});
  CHECK_EQ(elsewhere.status, 3);
  CHECK(contains(elsewhere.out, "not finished"));
  CHECK_FALSE(std::filesystem::exists(bench.folder / "elsewhere"));
}

TEST_CASE("cli: verify ends with 0 when only contested claims do not hold") {
  const Verified bench("at_least: 2, status: contested, reason: because");
  const auto found = bench.verify();
  CHECK_EQ(found.status, 0);
  CHECK(contains(found.out, "\nContested:\none: because\n"));
}

TEST_CASE("cli: verify writes each format, the same bytes again") {
  const Verified bench;
  for (const std::string format : {"table", "csv", "json", "markdown"}) {
    CAPTURE(format);
    const auto found = bench.verify({"--format", format});
    CHECK_EQ(found.status, 0);
    CHECK_FALSE(found.out.empty());
    CHECK_EQ(found.out, bench.verify({"--format", format}).out);
  }
  CHECK(bench.verify({"--format", "csv"}).out.starts_with("claim,place,text,"));
  CHECK(bench.verify({"--format", "markdown"}).out.starts_with("| claim |"));
  const auto json = nlohmann::json::parse(bench.verify({"--format", "json"}).out);
  CHECK_EQ(json["claims"][0]["verdict"], "holds");
}

TEST_CASE("cli: verify ends with 2 for what cannot be read") {
  const Verified bench;
  struct Row {
    std::vector<std::string> arguments;
    std::string message;
  };
  const std::vector<Row> rows = {
      {{"verify"}, "MANIFEST is required"},
      {{"verify", "none.yaml"}, "none.yaml: cannot open: No such file or directory"},
      {{"verify", "sweep.yaml"}, "this is an experiment file, not a manifest"},
      {{"verify", "manifest.yaml", "--format", "xml"}, "--format"},
      {{"verify", "manifest.yaml", "--set", "epoch=5"}, "unknown key 'epoch'"},
      {{"verify", "manifest.yaml", "--results", ""}, "expected a folder, got empty text"},
      {{"manifest.yaml"}, "manifest.yaml:5:1: experiments: this is a manifest"},
      {{"plan", "manifest.yaml"}, "use 'nnrun batch manifest.yaml'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const auto found = nnrun(bench.folder, row.arguments);
    CHECK_EQ(found.status, 2);
    CHECK_EQ(found.out, "");
    CHECK(contains(found.error, row.message));
  }
}

TEST_CASE("cli: check reads manifests too, and tells the mistakes of all files together") {
  const Verified bench;
  const auto good = nnrun(bench.folder, {"check", "sweep.yaml", "manifest.yaml"});
  CHECK_EQ(good.status, 0);
  CHECK_EQ(good.out,
           "sweep.yaml: good, 2 runs\n"
           "manifest.yaml: good, 3 runs of 2 experiments, 1 claim, 0 figures\n");
  write_bytes(bench.folder / "bad.yaml", "name: bad\nexperiments: {a: none.yaml}\n");
  write_bytes(bench.folder / "worse.yaml", "name: worse\n");
  const auto bad = nnrun(bench.folder, {"check", "bad.yaml", "worse.yaml"});
  CHECK_EQ(bad.status, 2);
  CHECK(contains(bad.error, "bad.yaml:2:18: experiments.a: no file 'none.yaml'"));
  CHECK(contains(bad.error, "worse.yaml:1:1: missing key 'dataset'"));
}

}  // namespace nnrun
