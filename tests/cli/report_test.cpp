#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/checksum.h"
#include "base/text.h"
#include "cli/count.h"
#include "cli/process.h"
#include "tiny_experiment.h"

namespace nnrun {
namespace {

using namespace test;
namespace fs = std::filesystem;

/// A folder with results/tiny, trained: learning rates 0.3 and 0.7.
struct Trained {
  explicit Trained(const std::string& more = "") {
    write_tiny_data(folder);
    write_experiment(folder, "tiny.yaml", tiny_experiment(folder, more));
    CHECK_EQ(nnrun(folder, {"tiny.yaml", "-q", "--set", "learning_rate=[0.3, 0.7]"}).status, 0);
  }

  Finished report(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "report");
    return nnrun(folder, arguments);
  }
  /// The page of this folder.
  std::string page(const std::string& of = "results/tiny") const {
    const Finished done = report({of});
    CHECK_EQ(done.error, "");
    CHECK_EQ(done.status, 0);
    CHECK_EQ(done.out, of + "/report.html\n");
    return read_bytes(folder / of / "report.html");
  }
  fs::path run(const std::string& file) const {
    return folder / "results/tiny/learning_rate=0.3" / file;
  }

  TemporaryFolder folder;
};

/// What stands between `begins` and the next `ends`, each time.
std::vector<std::string> all_between(const std::string& text, const std::string& begins,
                                     const std::string& ends) {
  std::vector<std::string> found;
  for (auto at = text.find(begins); at != std::string::npos; at = text.find(begins, at)) {
    at += begins.size();
    found.push_back(text.substr(at, text.find(ends, at) - at));
  }
  return found;
}

nlohmann::json curves(const std::string& page) {
  const auto found =
      all_between(page, "<script type=\"application/json\" class=\"curves\">", "</script>");
  REQUIRE_EQ(found.size(), 1);
  return nlohmann::json::parse(found.front());
}

}  // namespace

TEST_CASE("report: the page has a row and two lines of each run, and the curves as numbers") {
  const Trained trained;
  const std::string page = trained.page();
  CHECK_EQ(count(page, "<tr data-run="), 2);
  CHECK_EQ(count(page, "<figure class=\"chart\""), 2);
  CHECK_EQ(count(page, "<path class=\"line "), 2 * 2 * 2 + 2);  // and of two responses
  CHECK_EQ(count(page, "<figure class=\"response\""), 2);
  CHECK_EQ(count(page, "<table class=\"confusion\""), 2);
  CHECK_EQ(count(page, "best run</span>"), 1);
  CHECK(contains(page, "stratified: false"));  // of experiment.yaml
  CHECK_FALSE(contains(page, "http-equiv=\"refresh\""));
  const auto json = curves(page);
  CHECK_EQ(json["epochs"], nlohmann::json({0, 1, 2, 3}));
  CHECK_EQ(json["runs"][1]["name"], "learning rate 0.7");
  CHECK_EQ(json["measures"][0]["train"][1].size(), 4);
  CHECK(trained.page() == page);
}

TEST_CASE("report: only the page's own scripts and styles may run, and nothing is loaded") {
  const Trained trained;
  const std::string page = trained.page();
  const auto policy = all_between(page, "Content-Security-Policy\" content=\"", "\"").front();
  CHECK(contains(policy, "default-src 'none'"));
  CHECK_EQ(count(policy, "'sha256-"), count(page, "<script>") + count(page, "<style>"));
  const auto begins = page.find("<body>");
  const std::string body = page.substr(begins, page.find("<script>", begins) - begins);
  REQUIRE(contains(body, "</article>"));
  for (const char* loads :
       {"src=\"http", "href=\"http", "src=\"//", "url(http", " style=\"", " onclick"}) {
    CAPTURE(std::string(loads));
    CHECK_FALSE(contains(body, loads));
  }
  CHECK_FALSE(contains(page, "@import"));
  CHECK(contains(page, "Permission is hereby granted, free of charge"));  // dygraphs' licence
}

TEST_CASE("report: text of files does nothing but be read") {
  const Trained trained(
      "description: \"<script>alert(1)</script> \\u202E 'x' \\\"y\\\" \\U0001F600\"\n");
  const std::string page = trained.page();
  CHECK_FALSE(contains(page, "<script>alert"));
  CHECK(contains(
      page, "<bdi>&lt;script&gt;alert(1)&lt;/script&gt; \u202E &#39;x&#39; &quot;y&quot; 😀</bdi>"));
}

TEST_CASE("report: one run, all results, and another place for the page") {
  const Trained trained;
  const std::string one = trained.page("results/tiny/learning_rate=0.3");
  CHECK_EQ(count(one, "<tr data-run="), 1);
  CHECK_EQ(count(one, "<figure class=\"response\""), 0);
  CHECK_EQ(nnrun(trained.folder, {"tiny.yaml", "-q", "--set", "name=other"}).status, 0);
  const std::string all = trained.page("results");
  CHECK_EQ(count(all, "<article class=\"experiment\""), 2);
  CHECK(contains(all, "<a href=\"#e1\"><bdi>tiny</bdi></a>"));
  CHECK_EQ(trained.report({"results/tiny", "--output", "a b.html"}).out, "a b.html\n");
  CHECK(read_bytes(trained.folder / "a b.html") == trained.page());
}

TEST_CASE("report: a run that is damaged is a row that says so; alone it is an error") {
  const Trained trained;
  const std::string whole = read_bytes(trained.run("metrics.csv"));
  write_bytes(trained.run("metrics.csv"), whole.substr(0, whole.size() / 2));
  const std::string page = trained.page();
  CHECK_EQ(count(page, "<tr data-run="), 2);
  CHECK_EQ(count(page, "class=\"status damaged\""), 1);
  CHECK(contains(page, "its SHA-256 is not the one in run.json"));
  CHECK_EQ(curves(page)["measures"][0]["train"][0].size(), 0);
  const auto alone = trained.report({"results/tiny/learning_rate=0.3"});
  CHECK_EQ(alone.status, 2);
  CHECK(contains(alone.error, "metrics.csv: changed since it was written"));
  CHECK_EQ(alone.out, "");
}

TEST_CASE("report: a damaged matrix or picture is left out") {
  const Trained trained;
  write_bytes(trained.run("confusion.csv"), "true\\predicted,0,1,2\n0,1,2,3\n");
  CHECK_EQ(count(trained.page(), "<table class=\"confusion\""), 1);
}

TEST_CASE("report: a run without run.json is in the page as far as it is") {
  const Trained trained;
  fs::remove(trained.run("run.json"));
  const std::string whole = read_bytes(trained.run("metrics.csv"));
  write_bytes(trained.run("metrics.csv"), whole.substr(0, whole.size() - 3));  // torn
  const std::string page = trained.page();
  CHECK_EQ(count(page, "class=\"status interrupted\""), 1);
  CHECK_EQ(curves(page)["measures"][0]["train"][0].size(), 3);
  fs::remove_all(trained.run(""));
  CHECK_EQ(count(trained.page(), "class=\"status not-started\""), 1);
}

TEST_CASE("report: what is not finite is a gap, and only runs that diverged make a page") {
  const Trained trained;
  const std::string header = "epoch,learning_rate,train_loss,validation_loss\n";
  fs::create_directories(trained.folder / "gaps/one/a");
  write_bytes(trained.folder / "gaps/one/a/metrics.csv",
              header + "0,1,2,3\n1,1,nan,3\n2,1,inf,\n3,1,1,2\n");
  const auto json = curves(trained.page("gaps"));
  CHECK_EQ(json["measures"][0]["train"][0], nlohmann::json({2, nullptr, nullptr, 1}));
  CHECK_EQ(json["measures"][0]["validation"][0], nlohmann::json({3, 3, nullptr, 2}));
  CHECK_EQ(nnrun(trained.folder,
                 {"tiny.yaml", "-q", "--set", "name=wild", "--set", "learning_rate=[1e38, 2e38]",
                  "--set", "loss=mean_squared_error", "--set", "network=[dense: {units: 3}]"})
               .status,
           0);
  const std::string wild = trained.page("results/wild");
  CHECK_EQ(count(wild, "class=\"status diverged\""), 2);
  CHECK_EQ(count(wild, "best run</span>"), 0);
  CHECK(contains(wild, "non-finite first"));
}

TEST_CASE("report: mistakes end with status 2, say what is right, and write nothing") {
  const Trained trained;
  fs::create_directories(trained.folder / "empty/folder");
  write_bytes(trained.folder / "a_file", "");
  const std::string expected =
      "no runs in this folder; expected the folder of a run, of an experiment or of all results\n";
  CHECK_EQ(trained.report({"nowhere"}).error, "nowhere: no such folder\n");
  CHECK_EQ(trained.report({"empty"}).error, "empty: " + expected);
  CHECK_EQ(trained.report({"a_file"}).error,
           "a_file: a file; expected a folder of results, such as results/NAME\n");
  for (const char* folder : {"nowhere", "empty", "a_file"}) {
    CHECK_EQ(trained.report({folder}).status, 2);
  }
  CHECK_EQ(trained.report({}).status, 2);
  CHECK_EQ(trained.report({"results/tiny", "--output", ""}).status, 2);
  CHECK_EQ(trained.report({"results/tiny", "--output", "no/where.html"}).status, 1);
  CHECK_FALSE(fs::exists(trained.folder / "empty/report.html"));
}

TEST_CASE("report: run --report leaves the page that report makes, and fails no run for it") {
  const Trained trained;
  const std::vector<std::string> run = {"tiny.yaml", "--set", "name=live", "--no-progress",
                                        "--report"};
  const auto done = nnrun(trained.folder, run);
  CHECK_EQ(done.status, 0);
  CHECK(contains(done.out, "results/live/report.html\n"));
  const std::string live = read_bytes(trained.folder / "results/live/report.html");
  CHECK(live == trained.page("results/live"));
  fs::remove(trained.folder / "results/live/report.html");
  fs::create_directory(trained.folder / "results/live/report.html");
  auto again = run;
  again.push_back("--fresh");
  const auto blocked = nnrun(trained.folder, again);
  CHECK_EQ(blocked.status, 0);
  CHECK(contains(blocked.error, "the page is not written"));
}

/// Trains on drawn digits, too shortly to be right about all; the page.
std::string page_of_digits(const TemporaryFolder& folder, const std::string& more = "") {
  write_bytes(folder / "digits.yaml",
              "name: digits\n"
              "dataset: {name: {synthetic: {kind: digits, train: 200, test: 60}}}\n"
              "network: [{dense: {units: 10}}, softmax]\n"
              "loss: cross_entropy\nlearning_rate: 0.1\nepochs: 2\nmetrics: [accuracy]\n" +
                  more);
  REQUIRE_EQ(nnrun(folder, {"digits.yaml", "-q"}).status, 0);
  REQUIRE_EQ(nnrun(folder, {"report", "results/digits"}).status, 0);
  return read_bytes(folder / "results/digits/report.html");
}

TEST_CASE("report: images that are surely taken for another class, the surest first") {
  const TemporaryFolder folder;
  const std::string page = page_of_digits(folder);
  CHECK(contains(page, "<h2><bdi>Surest mistakes</bdi></h2>"));
  const auto shown = all_between(page, "<figure title=\"test sample ", "</figure>");
  REQUIRE_GT(shown.size(), 1);
  double before = 2;
  for (const std::string& one : shown) {
    const auto score = parse_real(all_between(one, "<br>", "</figcaption>").front());
    REQUIRE(score);
    CHECK_LE(*score, before);
    before = *score;
    const auto classes = all_between(one, "<figcaption>", "<br>").front();
    const auto middle = classes.find(" taken for ");
    CHECK_NE(classes.substr(0, middle), classes.substr(middle + 11));
  }
}

TEST_CASE("report: where the weights are damaged, the page says why no images are shown") {
  const TemporaryFolder folder;
  page_of_digits(folder);
  for (const auto& entry : fs::directory_iterator(folder / "results/digits/run/weights")) {
    write_bytes(entry.path(), "no weights");
  }
  REQUIRE_EQ(nnrun(folder, {"report", "results/digits"}).status, 0);
  const std::string page = read_bytes(folder / "results/digits/report.html");
  CHECK(contains(page, "Not shown: <bdi>results/digits/run/weights/"));
  CHECK_EQ(count(page, "<figure title=\"test sample "), 0);
}

TEST_CASE("report: runs that differ in their seed alone are shown with their means") {
  const TemporaryFolder folder;
  const std::string page = page_of_digits(folder, "seed: [1, 2, 3]\n");
  CHECK(contains(page, "<h2><bdi>Means of repeats</bdi></h2>"));
  CHECK_EQ(count(page, "<table class=\"means\">"), 1);
  CHECK_EQ(count(page, "<path class=\"band "), 2 * 2);
  CHECK(contains(page, "train_deviation"));
  const TemporaryFolder other;
  CHECK_FALSE(contains(page_of_digits(other, "seed: 7\n"), "Means of repeats"));
}

TEST_CASE(
    "report: without validation samples the learning rates are shown by the training samples") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
  REQUIRE_EQ(nnrun(folder, {"tiny.yaml", "-q", "--set", "learning_rate=[1, 2]", "--set",
                            "dataset.split={train: 8, validation: 0}"})
                 .status,
             0);
  REQUIRE_EQ(nnrun(folder, {"report", "results/tiny"}).status, 0);
  const std::string page = read_bytes(folder / "results/tiny/report.html");
  CHECK_EQ(count(page, "<figure class=\"response\""), 2);
  CHECK(contains(page, "final train loss"));
}

}  // namespace nnrun
