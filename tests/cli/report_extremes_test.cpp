// Pages of results that nobody would hope for.
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/checksum.h"
#include "cli/count.h"
#include "cli/process.h"
#include "experiment/run_json.h"
#include "tiny_experiment.h"

namespace nnrun {

using namespace test;
namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// The tiny data and experiment, trained with some fields changed.
struct Results {
  explicit Results(const std::vector<std::string>& set = {}) {
    write_tiny_data(folder);
    write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
    std::vector<std::string> arguments = {"tiny.yaml", "-q"};
    for (const std::string& one : set) arguments.insert(arguments.end(), {"--set", one});
    REQUIRE_EQ(nnrun(folder, arguments).status, 0);
  }

  std::string page(const std::string& of = "results/tiny") const {
    const Finished done = nnrun(folder, {"report", of});
    CHECK_EQ(done.error, "");
    REQUIRE_EQ(done.status, 0);
    return read_bytes(folder / of / "report.html");
  }
  /// Writes run.json as if nnrun had, with something else in it.
  void reseal(const std::string& run, const std::function<void(Json&)>& change) const {
    const fs::path path = folder / "results/tiny" / run / "run.json";
    Json json = Json::parse(read_bytes(path));
    json.erase("sha256");
    change(json);
    write_bytes(path, run_json_text(json));
  }

  TemporaryFolder folder;
};

}  // namespace

TEST_CASE("report: one run of a single epoch") {
  const Results one({"epochs=1"});
  const std::string page = one.page();
  CHECK_EQ(count(page, "<tr data-run="), 1);
  CHECK(contains(page, "\"epochs\":[0,1]"));
}

TEST_CASE("report: a thousand runs are one page, each a row, none left out of the curves") {
  const Results results({"epochs=1", "dataset.limit={train: 20, test: 10}",
                         "dataset.split={train: 10, validation: 10}", "seed=[" + [] {
                           std::string seeds = "1";
                           for (int seed = 2; seed <= 1000; ++seed) {
                             seeds += "," + std::to_string(seed);
                           }
                           return seeds;
                         }() + "]"});
  const std::string page = results.page();
  CHECK_EQ(count(page, "<tr data-run="), 1000 + 1);  // and one of their means
  CHECK_LT(page.size(), 8U << 20U);
}

TEST_CASE("report: names from files are text, whatever they hold") {
  const Results results;
  const std::string name = "<img src=x onerror=alert(1)>\"'\u202E\U0001F600";
  const fs::path run = results.folder / "results/tiny" / name;
  fs::create_directories(run);
  write_bytes(run / "metrics.csv", "epoch,learning_rate,train_<script>alert(2)</script>\n0,1,2\n");
  const std::string page = results.page();
  CHECK_EQ(count(page, "<tr data-run="), 2);
  CHECK_FALSE(contains(page, "<img src=x"));
  CHECK_FALSE(contains(page, "<script>alert"));
  CHECK(contains(page, "&lt;img src=x onerror=alert(1)&gt;"));
}

TEST_CASE("report: a run.json of other types than nnrun writes is a damaged run") {
  const std::vector<std::function<void(Json&)>> changes = {
      [](Json& json) { json["configuration"]["description"] = 5; },
      [](Json& json) { json["sample"] = "x"; },
      [](Json& json) {
        json["sample"] = {-1, 2, 3};
      },
      [](Json& json) { json["files"] = 1; },
      [](Json& json) { json["figures"]["test_loss"] = {1}; },
      [](Json& json) { json["warnings"] = "none"; },
  };
  for (const auto& change : changes) {
    const Results results;
    results.reseal("run", [](Json&) {});
    CHECK_EQ(count(results.page(), "class=\"status completed\""), 1);
    results.reseal("run", change);
    CHECK_EQ(count(results.page(), "class=\"status damaged\""), 1);
  }
}

TEST_CASE("report: what is no file, or no longer what was written, is told in its place") {
  const Results results;
  const fs::path run = results.folder / "results/tiny/run";
  write_bytes(run / "confusion.csv", "changed");
  CHECK(contains(results.page(), "Not shown: <bdi>results/tiny/run/confusion.csv: changed since"));
  fs::remove(run / "run.json");
  fs::create_directory(run / "run.json");
  CHECK_EQ(count(results.page(), "class=\"status damaged\""), 1);
}

TEST_CASE("report: run.json nested deeper than any stack is a damaged run") {
  const Results results;
  const fs::path path = results.folder / "results/tiny/run/run.json";
  write_bytes(path,
              "{\"machine\": " + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}");
  CHECK_EQ(count(results.page(), "class=\"status damaged\""), 1);
  CHECK_EQ(nnrun(results.folder, {"compare", "results/tiny"}).status, 2);
}

TEST_CASE("report: figures too large to be drawn leave a page") {
  const Results results({"learning_rate=[1, 2]"});
  results.reseal("learning_rate=1", [](Json& json) {
    for (auto& [name, value] : json["figures"].items()) value = 1.7e308;
  });
  CHECK_EQ(count(results.page(), "<tr data-run="), 2);
}

TEST_CASE("report: a confusion matrix that is none is left out, though its checksum holds") {
  for (const std::string matrix : {"true\n5\n", "\n", "", "true\\predicted,0,1\n0,1,2\n",
                                   "true\\predicted,0\n0,-1\n", "true\\predicted,0\n0,x\n"}) {
    CAPTURE(matrix);
    const Results results;
    write_bytes(results.folder / "results/tiny/run/confusion.csv", matrix);
    results.reseal("run", [&](Json& json) { json["files"]["confusion.csv"] = sha256(matrix); });
    CHECK_EQ(count(results.page(), "<table class=\"confusion\""), 0);
  }
}

}  // namespace nnrun
