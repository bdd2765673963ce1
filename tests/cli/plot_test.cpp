#include "cli/process.h"
#include "experiment/stored_run.h"
#include "tiny_experiment.h"

namespace nnrun {
namespace {

using namespace test;
namespace fs = std::filesystem;

/// A folder with results/tiny, trained: learning rates 0.3 and 0.7.
struct Trained {
  Trained() {
    write_tiny_data(folder);
    write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
    CHECK_EQ(train().status, 0);
  }

  Finished train(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"tiny.yaml", "--no-progress", "--set",
                                          "learning_rate=[0.3, 0.7]"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return nnrun(folder, arguments);
  }
  Finished plot(std::vector<std::string> arguments,
                const std::vector<std::string>& environment = {}) const {
    arguments.insert(arguments.begin(), "plot");
    return nnrun(folder, arguments, environment);
  }

  TemporaryFolder folder;
};

TEST_CASE("plot: a figure for each measure and format, their paths on standard output") {
  const Trained trained;
  const auto first = trained.plot({"results/tiny"});
  CHECK_EQ(first.error, "");
  CHECK_EQ(first.status, 0);
  CHECK_EQ(first.out,
           "results/tiny/figures/loss.svg\nresults/tiny/figures/loss.png\n"
           "results/tiny/figures/accuracy.svg\nresults/tiny/figures/accuracy.png\n");
  const auto svg = read_bytes(trained.folder / "results/tiny/figures/loss.svg");
  for (const char* part : {"tiny: loss", "learning rate 0.3", "learning rate 0.7", "training",
                           "validation", "epoch", "loss (cross_entropy, nats per sample)"}) {
    CHECK(contains(svg, part));
  }
  CHECK_EQ(trained.plot({"results/tiny", "--output", "again"}).status, 0);
  for (const char* name : {"loss.svg", "loss.png", "accuracy.svg", "accuracy.png"}) {
    CHECK(read_bytes(trained.folder / (std::string("again/") + name)) ==
          read_bytes(trained.folder / (std::string("results/tiny/figures/") + name)));
  }
}

TEST_CASE("plot: of repeats the mean is drawn in a band, with the same bytes each time") {
  const Trained trained;
  REQUIRE_EQ(trained.train({"--set", "name=seeds", "--set", "seed=[1, 2, 3]"}).status, 0);
  const auto drawn = [&](const std::string& folder, std::vector<std::string> more) {
    more.insert(more.begin(), {"results/seeds", "--metric", "loss", "--output", folder});
    CHECK_EQ(trained.plot(more).status, 0);
    return read_bytes(trained.folder / (folder + "/loss.svg"));
  };
  const std::string means = drawn("means", {});
  CHECK(contains(means, "learning rate 0.3"));
  CHECK(contains(means, "mean of 3 seeds, shaded: its 95 % interval"));
  CHECK(contains(means, "fill-opacity"));
  CHECK_FALSE(contains(means, "seed 2"));
  CHECK(drawn("again", {}) == means);
  CHECK(read_bytes(trained.folder / "again/loss.png") ==
        read_bytes(trained.folder / "means/loss.png"));
  CHECK(drawn("sd", {"--band", "sd"}) != means);
  CHECK(contains(drawn("each", {"--runs"}), "seed 2"));
  CHECK_EQ(trained.plot({"results/seeds", "--band", "wide"}).status, 2);
}

TEST_CASE("plot: a run is drawn once, and runs of one name are told apart by their folders") {
  const Trained trained;
  const auto twice = trained.plot({"results/tiny", "results/tiny/learning_rate=0.3"});
  CHECK_EQ(twice.status, 2);
  CHECK(contains(twice.error, "learning_rate=0.3: this run is given twice"));
  fs::copy(trained.folder / "results", trained.folder / "other", fs::copy_options::recursive);
  const std::string run = "tiny/learning_rate=0.3";
  CHECK_EQ(trained.plot({"results/" + run, "other/" + run, "--output", "both"}).status, 0);
  const auto svg = read_bytes(trained.folder / "both/loss.svg");
  CHECK(contains(svg, "results/tiny/learning"));
  CHECK(contains(svg, "other/tiny/learning"));
}

TEST_CASE("plot: figures beside the runs confuse neither run, nor plot, nor --fresh") {
  const Trained trained;
  const fs::path tiny = trained.folder / "results/tiny";
  CHECK_EQ(trained.plot({"results/tiny", "--format", "svg"}).status, 0);
  CHECK_EQ(trained.plot({"results/tiny/learning_rate=0.3", "--format", "svg"}).status, 0);
  CHECK_EQ(run_folders(tiny).size(), 2);
  const auto metrics = read_bytes(tiny / "learning_rate=0.3/metrics.csv");
  CHECK(contains(trained.train().error, "skipped"));
  CHECK_EQ(trained.train({"--fresh"}).status, 0);
  CHECK(read_bytes(tiny / "learning_rate=0.3/metrics.csv") == metrics);
  CHECK(fs::exists(tiny / "figures/loss.svg"));
  CHECK(fs::exists(tiny / "learning_rate=0.3/figures/loss.svg"));
}

TEST_CASE("plot: panels, one measure, several folders") {
  const Trained trained;
  const auto panels =
      trained.plot({"results/tiny", "--panels", "--metric", "loss", "--format", "svg"});
  CHECK_EQ(panels.out, "results/tiny/figures/loss_panels.svg\n");
  const auto both =
      trained.plot({"results/tiny/learning_rate=0.7", "results/tiny/learning_rate=0.3", "--output",
                    "both", "--metric", "accuracy", "--format", "svg", "--log"});
  CHECK_EQ(both.error, "");
  CHECK_EQ(both.out, "both/accuracy.svg\n");
  const auto svg = read_bytes(trained.folder / "both/accuracy.svg");
  CHECK_LT(svg.find("learning rate 0.7"), svg.find("learning rate 0.3"));
}

TEST_CASE("plot: mistakes end with status 2, say what is right, and write nothing") {
  const Trained trained;
  fs::create_directory(trained.folder / "empty");
  write_bytes(trained.folder / "a_file", "");
  struct Row {
    std::vector<std::string> arguments;
    std::string message;
  };
  const std::vector<Row> rows = {
      {{"nowhere"}, "nowhere: no such folder\n"},
      {{"empty"}, "empty: no finished runs in this folder\n"},
      {{"results/tiny", "--metric", "acuracy"},
       "results/tiny/learning_rate=0.3: no measure 'acuracy'; did you mean 'accuracy'?; measured: "
       "loss, accuracy\n"},
      {{"results/tiny", "--metric", "loss", "--metric", "../loss"},
       "results/tiny/learning_rate=0.3: no measure '../loss'; measured: loss, accuracy\n"},
      {{"results/tiny/learning_rate=0.3", "results/tiny/learning_rate=0.7"},
       "several folders: say with --output where their figures go\n"},
      {{"results/tiny", "--output", "a_file"}, "a_file: cannot create folder: Not a directory\n"},
  };
  for (const Row& row : rows) {
    const auto plot = trained.plot(row.arguments);
    CHECK_EQ(plot.status, 2);
    CHECK_EQ(plot.error, row.message);
    CHECK_EQ(plot.out, "");
  }
  CHECK_EQ(trained.plot({}).status, 2);
  CHECK_EQ(trained.plot({"results/tiny", "--format", "gif"}).status, 2);
  CHECK_EQ(trained.plot({"results/tiny", "--output", ""}).status, 2);
  CHECK_FALSE(fs::exists(trained.folder / "results/tiny/figures"));
}

TEST_CASE("plot: without gnuplot it ends with status 2 and names the package") {
  const Trained trained;
  const auto plot = trained.plot({"results/tiny"}, {"PATH=/nowhere"});
  CHECK_EQ(plot.status, 2);
  CHECK_EQ(plot.error,
           "gnuplot: not found; figures are drawn by it: install the Debian package gnuplot-nox\n");
  CHECK_EQ(plot.out, "");
}

TEST_CASE("plot: does not write through a link in the results tree") {
  const Trained trained;
  fs::create_directory(trained.folder / "elsewhere");
  fs::create_directory_symlink(trained.folder / "elsewhere",
                               trained.folder / "results/tiny/figures");
  const auto plot = trained.plot({"results/tiny"});
  CHECK_EQ(plot.status, 2);
  CHECK(contains(plot.error, "results/tiny/figures: a symbolic link"));
  CHECK(fs::is_empty(trained.folder / "elsewhere"));
}

}  // namespace
}  // namespace nnrun
