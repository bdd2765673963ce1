#include "report/figure.h"

#include "experiment/bench.h"

namespace nnrun {
namespace {

using namespace test;

/// Two experiments: `broken`, whose file has mistakes, and `tiny` with the runs learning_rate=0.3
/// and =0.7.
struct Known {
  Known() {
    write_tiny_data(folder);
    const auto file = write_experiment(folder, "tiny.yaml", with_rates("[0.3, 0.7]", folder));
    experiments.push_back({"broken", {}, {}, {}});
    experiments.push_back({"tiny", {}, load_sweeps({file}, {}).front(), "tiny"});
  }

  std::optional<Figure> read(const std::string& text) {
    Node node = parse(text);
    Diagnostics diagnostics;
    Reading reading(diagnostics);
    auto figure = read_figure({&node, Path::parse("figures.0"), &reading}, experiments);
    mistakes = diagnostics.text();
    return figure;
  }
  std::string mistakes_in(const std::string& text) {
    CHECK_FALSE(read(text));
    return mistakes;
  }

  TemporaryFolder folder;
  std::vector<ManifestExperiment> experiments;
  std::string mistakes;
};

TEST_CASE("figure: every key, and the defaults") {
  Known known;
  const auto all = known.read(
      "name: 8a\ntitle: 'Task 3: loss'\nexperiment: tiny\nruns: [learning_rate=0.7]\nmetric: accuracy\n"
      "layout: panels\nx_range: [0, 50]\ny_range: [0.5, 1e3]\ny_scale: log\nband: sd\n");
  CHECK_EQ(known.mistakes, "");
  REQUIRE(all);
  CHECK_EQ(all->name, "8a");
  CHECK_EQ(all->title, "Task 3: loss");
  CHECK_EQ(all->experiment, "tiny");
  CHECK_EQ(all->runs, std::vector<std::string>{"learning_rate=0.7"});
  CHECK_EQ(all->metric, "accuracy");
  CHECK(all->layout == Layout::kPanels);
  CHECK(all->band == Band::kDeviation);
  CHECK_EQ(all->x_range.value().high, 50);
  CHECK_EQ(all->y_range.value().low, 0.5);
  CHECK_EQ(all->y_range.value().high, 1000);
  CHECK(all->logarithmic);

  const auto least = known.read("name: 8a\nexperiment: tiny\nmetric: loss\n");
  REQUIRE(least);
  CHECK_EQ(least->title, "8a");
  CHECK(least->runs.empty());
  CHECK(least->layout == Layout::kOverlay);
  CHECK_FALSE(least->x_range);
  CHECK_FALSE(least->logarithmic);
}

TEST_CASE("figure: what its experiment does not have is told with its place and the nearest name") {
  Known known;
  CHECK_EQ(known.mistakes_in("name: a\nexperiment: tinny\nmetric: loss"),
           "test:2:13: figures[0].experiment: unknown experiment 'tinny'; did you mean 'tiny'?");
  CHECK_EQ(known.mistakes_in("name: a\nexperiment: other\nmetric: loss"),
           "test:2:13: figures[0].experiment: unknown experiment 'other'; known: broken, tiny");
  CHECK_EQ(known.mistakes_in("name: a\nexperiment: tiny\nmetric: los\n"
                             "runs: [learning_rate=0.3, learning_rate=0.4]"),
           "test:3:9: figures[0].metric: unknown metric 'los'; did you mean 'loss'?\n"
           "test:4:27: figures[0].runs[1]: tiny has no run 'learning_rate=0.4'; did you mean "
           "'learning_rate=0.3'?");
  CHECK_EQ(known.mistakes_in("name: a\nexperiment: tiny\nmetric: hinge"),
           "test:3:9: figures[0].metric: unknown metric 'hinge'; known: loss, accuracy");
}

TEST_CASE("figure: an experiment with mistakes of its own is not called unknown") {
  Known known;
  CHECK(known.read("name: a\nexperiment: broken\nmetric: whatever"));
  CHECK_EQ(known.mistakes, "");
}

TEST_CASE("figure: a name is given once") {
  Known known;
  Node node = parse(
      "figures:\n- {name: a, experiment: tiny, metric: loss}\n"
      "- {name: a, experiment: tiny, metric: accuracy}\n");
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  Options manifest({&node, {}, &reading});
  CHECK_EQ(read_figures(manifest, known.experiments).size(), 2);
  CHECK_EQ(diagnostics.text(), "test:3:3: figures[1]: there is a figure 'a' already");
}

TEST_CASE("figure: mistakes of its own text, all together") {
  Known known;
  CHECK_EQ(known.mistakes_in("naem: a\nexperiment: tiny"),
           "test:1:1: figures[0]: missing key 'name': expected text\n"
           "test:1:1: figures[0]: missing key 'metric': expected text\n"
           "test:1:1: figures[0]: unknown key 'naem'; did you mean 'name'? accepted: name, title, "
           "experiment, runs, metric, layout, x_range, y_range, y_scale, band, against");
  CHECK_EQ(known.mistakes_in("name: ../a\nexperiment: tiny\nmetric: loss\nlayout: panel"),
           "test:1:7: figures[0].name: expected 1 to 100 letters, digits, '_', '-' or '.', not "
           "starting with '.' or '-', got '../a'\n"
           "test:4:9: figures[0].layout: expected overlay | panels, got 'panel'; did you mean "
           "'panels'?");
  CHECK_EQ(
      known.mistakes_in(
          "name: a\nexperiment: tiny\nmetric: loss\nruns: [{a: 1}, learning_rate=0.3, learning_rate=0.3]\n"
          "x_range: [5, 1]\ny_range: [0, 1]\ny_scale: log"),
      "test:4:8: figures[0].runs[0]: expected the name of a run, got a mapping\n"
      "test:4:35: figures[0].runs[2]: run 'learning_rate=0.3' is listed twice\n"
      "test:5:10: figures[0].x_range: expected two numbers, the lower first: [low, high]\n"
      "test:6:10: figures[0].y_range: expected ends above 0 where y_scale is log");
  CHECK_EQ(known.mistakes_in("[1]"),
           "test:1:1: figures[0]: expected a mapping of options (key: value), got a list");
  for (const char* range : {"3", "[1]", "[1, 2, 3]", "[a, b]", "['1', 2]", "[]"}) {
    CHECK(contains(known.mistakes_in(
                       std::string("name: a\nexperiment: tiny\nmetric: loss\nx_range: ") + range),
                   "test:4:10: figures[0].x_range: expected "));
  }
}

}  // namespace
}  // namespace nnrun
