#include <filesystem>
#include <map>

#include "cli/count.h"
#include "cli/process.h"
#include "report/manifests.h"

namespace nnrun {

using namespace test;

namespace fs = std::filesystem;

namespace {

constexpr const char* kFigures = R"(
figures:
  - {name: rates, title: 'Loss | by rate', experiment: sweep, metric: loss}
  - {name: one, experiment: sweep, runs: [learning_rate=1], metric: accuracy, layout: panels}
)";

/// A manifest with a claim that `relation` decides, and two figures.
struct Batch : ManifestBench {
  explicit Batch(const std::string& relation = "at_least: 0",
                 const std::string& figures = kFigures) {
    manifest(claim("one", "final: {of: test_accuracy}", relation) + figures);
  }

  Finished batch(const std::vector<std::string>& more = {},
                 const std::vector<std::string>& environment = {}) const {
    std::vector<std::string> arguments = {"batch", "manifest.yaml"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return nnrun(folder, arguments, environment);
  }
  std::string outcome(const std::string& name) const {
    return read_bytes(results() / "study" / name);
  }
  void change(const std::string& name, const std::string& old, const std::string& now) const {
    write_bytes(folder / name, with(read_bytes(folder / name), old, now));
  }
};

/// Every file of a results tree but timing.csv and locks.
std::map<std::string, std::string> files_of(const fs::path& tree) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(tree)) {
    const std::string name = entry.path().filename().string();
    const bool times = name == "timing.csv" || name == ".lock";
    if (!entry.is_regular_file() || times) continue;
    files[fs::relative(entry.path(), tree).string()] = read_bytes(entry.path());
  }
  return files;
}

}  // namespace

TEST_CASE("batch: trains, judges, draws, and writes a page that shows it") {
  const Batch bench;
  const auto found = bench.batch();
  CHECK_EQ(found.status, 0);
  CHECK(found.out.starts_with("claim  place  reported  measured  verdict\n"));
  CHECK(found.out.ends_with("\n1 claim: 1 holds\n\nresults/study/README.md\n"));
  CHECK_EQ(lines(bench.outcome("runs.csv")), 4);
  CHECK(contains(bench.outcome("claims.csv"), "\none,V,t,sweep,learning_rate=1,"));
  CHECK(bench.outcome("figures/rates.svg").starts_with("<?xml"));
  CHECK(bench.outcome("figures/one.png").starts_with("\x89PNG"));
  const std::string page = bench.outcome("README.md");
  CHECK(page.starts_with("# study\n\ntwo experiments\n"));
  CHECK(contains(page, "| one | V | t |"));
  CHECK(
      contains(page, "Figure rates: Loss \\| by rate\n\n![Loss \\| by rate](figures/rates.svg)\n"));
  CHECK(contains(page, "| single | run | completed |"));
}

TEST_CASE("batch: once more it trains nothing and leaves the same bytes") {
  const Batch bench;
  CHECK_EQ(bench.batch().status, 0);
  const auto before = files_of(bench.results());
  const auto again = bench.batch();
  CHECK_EQ(again.status, 0);
  CHECK_EQ(again.error, "3 of 3 runs are finished already and are skipped\n");
  CHECK(files_of(bench.results()) == before);
}

TEST_CASE("batch: what was interrupted is finished with the bytes of an undisturbed batch") {
  const Batch whole;
  CHECK_EQ(whole.batch().status, 0);
  const Batch bench;
  CHECK_EQ(bench.batch().status, 0);
  // As a kill leaves it: a run without its run.json, another not begun, no outcome.
  fs::remove(bench.results() / "sweep/learning_rate=1/run.json");
  fs::remove_all(bench.results() / "single");
  fs::remove_all(bench.results() / "study");
  CHECK_EQ(bench.batch().status, 0);
  for (const char* name : {"runs.csv", "claims.csv", "README.md", "figures/rates.svg"}) {
    CHECK_EQ(bench.outcome(name), whole.outcome(name));
  }
  CHECK_EQ(read_bytes(bench.results() / "single/run/metrics.csv"),
           read_bytes(whole.results() / "single/run/metrics.csv"));
}

TEST_CASE("batch: a claim that fails ends with 3, one that is contested does not") {
  CHECK_EQ(Batch("at_least: 2").batch({"--no-figures"}).status, 3);
  CHECK_EQ(Batch("at_least: 2, status: contested, reason: r").batch({"--no-figures"}).status, 0);
}

TEST_CASE("batch: an experiment that cannot be written does not stop the others") {
  const Batch bench;
  // A folder where a file of it is to be written first: this run fails, and no other.
  fs::create_directories(bench.results() / "sweep/learning_rate=1/.run.json.part/mine");
  const auto found = bench.batch();
  CHECK_EQ(found.status, 1);
  CHECK(contains(bench.outcome("runs.csv"), "\nsingle,run,,3,completed,"));
  CHECK(contains(bench.outcome("claims.csv"), "no result"));
  CHECK(
      contains(found.error, "figure rates is not drawn: sweep learning_rate=1 is not finished\n"));
  CHECK_FALSE(fs::exists(bench.results() / "study/figures/rates.svg"));
}

TEST_CASE("batch: without gnuplot nothing is trained, unless no figures are wanted") {
  const Batch bench;
  const auto found = bench.batch({}, {"PATH=" + bench.folder.path().string()});
  CHECK_EQ(found.status, 2);
  CHECK_EQ(
      found.error,
      "gnuplot: not found; figures are drawn by it: install the Debian package gnuplot-nox; or "
      "give --no-figures\n");
  CHECK_FALSE(fs::exists(bench.results()));
  const auto without = bench.batch({"--no-figures"}, {"PATH=" + bench.folder.path().string()});
  CHECK_EQ(without.status, 0);
  CHECK_FALSE(contains(bench.outcome("README.md"), "Figures"));
}

TEST_CASE("batch: a link, a file or an experiment in its place is refused before training") {
  const Batch link;
  fs::create_directories(link.folder / "elsewhere");
  fs::create_directories(link.results());
  fs::create_directory_symlink(link.folder / "elsewhere", link.results() / "study");
  CHECK(contains(link.batch().error, "results/study: a symbolic link"));
  link.change("manifest.yaml", "results: shared", "results: own");
  CHECK_EQ(link.batch().status, 2);
  CHECK(fs::is_empty(link.folder / "elsewhere"));
  CHECK_FALSE(fs::exists(link.results() / "single"));

  const Batch file;
  fs::create_directories(file.results() / "study");
  write_bytes(file.results() / "study/figures", "mine");
  CHECK(contains(file.batch().error, "results/study/figures: cannot create folder: a file stands"));

  const Batch namesake;
  fs::create_directories(namesake.results() / "study");
  write_bytes(namesake.results() / "study/experiment.yaml", "name: study\n");
  CHECK(contains(namesake.batch().error, "results/study: has the results of an experiment"));
  CHECK_FALSE(fs::exists(namesake.results() / "single"));
}

TEST_CASE("batch: a gnuplot that fails leaves the figure out and ends with 1") {
  const Batch bench;
  write_bytes(bench.folder / "gnuplot", "#!/bin/sh\n[ \"$1\" = --version ] || exit 3\n");
  fs::permissions(bench.folder / "gnuplot", fs::perms::owner_all);
  const auto found = bench.batch({}, {"PATH=" + bench.folder.path().string() + ":/usr/bin:/bin"});
  CHECK_EQ(found.status, 1);
  CHECK(contains(found.error, "figure rates is not drawn: gnuplot: svg failed with status 3"));
  CHECK(contains(bench.outcome("README.md"), "## Claims"));
  CHECK_FALSE(contains(bench.outcome("README.md"), "## Figures"));
}

TEST_CASE("batch: results of its own stand below its name, beside those of others") {
  const Batch bench;
  bench.change("manifest.yaml", "results: shared", "results: own\nset: {epochs: 2}");
  CHECK_EQ(bench.batch({"--no-figures"}).status, 0);
  CHECK_EQ(lines(read_bytes(bench.results() / "study/single/run/metrics.csv")), 4);
  CHECK_FALSE(fs::exists(bench.results() / "single"));
  CHECK(contains(bench.outcome("runs.csv"), "single,run,,3,completed,2,"));
}

TEST_CASE("batch: mistakes of the manifest are told with their places, and nothing is trained") {
  struct Row {
    std::string old;
    std::string now;
    std::string message;
  };
  const std::vector<Row> rows = {
      {"experiment: sweep, metric", "experiment: sweeep, metric",
       "manifest.yaml:11:56: figures[0].experiment: unknown experiment 'sweeep'; did you mean"},
      {"runs: [learning_rate=1]", "runs: [learning_rate=3]",
       "manifest.yaml:12:43: figures[1].runs[0]: sweep has no run 'learning_rate=3'"},
      {"metric: accuracy", "metric: acuracy", "figures[1].metric: unknown metric 'acuracy'"},
      {"results: shared", "results: own\nset: {name: figures}", "is named 'figures'"},
      {"name: one, e", "name: rates, e", "figures[1]: there is a figure 'rates' already"},
      {"of: test_accuracy", "of: test_acuracy", "test_acuracy"},
      {"at_least: 0", "near: {value: 1, tolerance: -1}", "tolerance"},
      {"experiments:", "extends: manifest.yaml\nexperiments:", "extends"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.now);
    const Batch bench;
    bench.change("manifest.yaml", row.old, row.now);
    const auto found = bench.batch();
    CHECK_EQ(found.status, 2);
    CHECK(contains(found.error, row.message));
    CHECK_FALSE(fs::exists(bench.results()));
  }
}

TEST_CASE(
    "batch: --report leaves a page with the claims and their verdicts, once it is all there") {
  const Batch bench("at_least: 2");
  const auto found = bench.batch({"--report", "--no-figures"});
  CHECK_EQ(found.status, 3);
  CHECK(found.out.ends_with("results/study/report.html\n"));
  const std::string page = bench.outcome("report.html");
  CHECK(contains(page, "<table class=\"claims\">"));
  CHECK(contains(page, ">fails</span>"));
  CHECK(contains(page, "class=\"status completed\""));
  CHECK_FALSE(contains(page, "http-equiv=\"refresh\""));
  REQUIRE_EQ(nnrun(bench.folder, {"report", "results/study"}).status, 0);
  CHECK(bench.outcome("report.html") == page);
}

TEST_CASE("batch: what report reads of a torn runs.csv are the runs that are there") {
  const Batch bench;
  REQUIRE_EQ(bench.batch({"--no-figures"}).status, 0);
  const std::string whole = bench.outcome("runs.csv");
  const auto rows = [&](const std::string& table) {
    write_bytes(bench.results() / "study/runs.csv", table);
    const auto done = nnrun(bench.folder, {"report", "results/study"});
    CHECK_EQ(done.status, 0);
    return count(bench.outcome("report.html"), "<tr data-run=");
  };
  const std::size_t all = rows(whole);
  CHECK_GT(all, 1);
  const auto last = whole.rfind('\n', whole.size() - 2) + 1;
  CHECK_EQ(rows(whole.substr(0, last + 20)), all - 1);
  CHECK_EQ(rows(whole + "\n\n"), all);
  write_bytes(bench.results() / "study/runs.csv", "experiment,path\nx,../nowhere/run\n");
  CHECK_EQ(nnrun(bench.folder, {"report", "results/study"}).status, 2);
}

}  // namespace nnrun
