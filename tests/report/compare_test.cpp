#include "report/compare.h"

#include "experiment/bench.h"

namespace nnrun {

using namespace test;

namespace {

StoredRun stored(const std::string& experiment, const std::string& name,
                 std::vector<std::pair<std::string, std::string>> settings,
                 std::map<std::string, double> figures) {
  StoredRun run;
  run.folder = "results/" + experiment + "/" + name;
  run.experiment = experiment;
  run.name = name;
  run.status = "completed";
  run.settings = std::move(settings);
  run.curves.names = {"learning_rate", "train_loss"};
  run.curves.figures = std::move(figures);
  return run;
}

std::string text(const std::vector<StoredRun>& runs) {
  return to_text(compare(runs, false), OutputFormat::kTable);
}

std::string csv(const std::vector<StoredRun>& runs) {
  return to_text(compare(runs, true), OutputFormat::kCsv);
}

}  // namespace

TEST_CASE("compare: runs of one experiment go by their names, which tell what was swept") {
  auto a = stored("e", "epochs=1", {{"epochs", "1"}, {"seed", "1"}}, {{"test_loss", 0.5}});
  auto b = stored("e", "epochs=2", {{"epochs", "2"}, {"seed", "1"}}, {{"test_loss", 0.25}});
  a.fields = b.fields = {"epochs"};
  CHECK_EQ(text({a, b}),
           "                     test\n"
           "run       status     loss\n"
           "epochs=1  completed  0.5000\n"
           "epochs=2  completed  0.2500*\n");
  CHECK(csv({a, b}).starts_with("run,epochs,status,final_epoch,final_train_loss,"));
}

TEST_CASE("compare: other networks and metrics leave cells empty; names and texts do not count") {
  auto a = stored("e", "run", {{"name", "e"}, {"network[0].dense.units", "3"}},
                  {{"test_loss", 0.5}, {"final_epoch", 3}});
  auto b = stored("f", "run", {{"name", "f"}, {"network[0]", "softmax"}},
                  {{"test_loss", 0.25}, {"test_accuracy", 0.75}, {"final_epoch", 2}});
  b.curves.names.push_back("train_accuracy");
  CHECK_EQ(text({a, b}),
           "                                                      final  test\n"
           "run    network[0].dense.units  network[0]  status     epoch  loss     accuracy\n"
           "e/run                       3              completed      3  0.5000\n"
           "f/run                          softmax     completed      2  0.2500*  0.7500*\n");
  CHECK_EQ(csv({a, b}),
           "run,network[0].dense.units,network[0],status,final_epoch,final_train_loss,"
           "final_train_accuracy,final_validation_loss,final_validation_accuracy,"
           "best_validation_loss,best_validation_loss_epoch,best_validation_accuracy,"
           "best_validation_accuracy_epoch,test_loss,test_accuracy,convergence_epoch,message,path\n"
           "e/run,3,,completed,3,,,,,,,,,0.5,,,,results/e/run\n"
           "f/run,,softmax,completed,2,,,,,,,,,0.25,0.75,,,results/f/run\n");
}

TEST_CASE("compare: values of different losses have no best one") {
  const auto a = stored("e", "a", {{"loss", "cross_entropy"}}, {{"test_loss", 0.5}});
  const auto b = stored("e", "b", {{"loss", "mean_squared_error"}}, {{"test_loss", 0.25}});
  CHECK_EQ(text({a, b}),
           "                                    test\n"
           "run  loss                status       loss\n"
           "a    cross_entropy       completed  0.5000\n"
           "b    mean_squared_error  completed  0.2500\n");
}

TEST_CASE("compare: the same experiment in two results trees goes by its folders") {
  auto a = stored("e", "run", {}, {});
  auto b = stored("e", "run", {}, {});
  b.folder = "other/e/run";
  CHECK_EQ(text({a, b}),
           "run            status\n"
           "results/e/run  completed\n"
           "other/e/run    completed\n");
}

TEST_CASE("compare: a part of what was swept is told by the names, its namesake is not") {
  auto a = stored("e", "a", {{"network[1].dense.units", "1"}, {"network[10].x", "1"}}, {});
  auto b = stored("e", "b", {{"network[1].dense.units", "2"}, {"network[10].x", "2"}}, {});
  a.fields = b.fields = {"network.1"};
  CHECK_EQ(text({a, b}),
           "run  network[10].x  status\n"
           "a                1  completed\n"
           "b                2  completed\n");
}

TEST_CASE(
    "compare: settings wider than a terminal stand in rows of their own, before the figures") {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const char* layer : {"0", "1", "2", "3"}) {
    settings.emplace_back(std::string("network[") + layer + "].dense.weights.stddev", "0.5");
  }
  const auto a = stored("e", "a", settings, {{"test_loss", 0.5}});
  const auto b = stored("e", "b", {{"epochs", "1"}}, {{"test_loss", 0.25}});
  CHECK_EQ(text({a, b}),
           "setting                            a  b\n"
           "network[0].dense.weights.stddev  0.5\n"
           "network[1].dense.weights.stddev  0.5\n"
           "network[2].dense.weights.stddev  0.5\n"
           "network[3].dense.weights.stddev  0.5\n"
           "epochs                                1\n"
           "\n"
           "                test\n"
           "run  status     loss\n"
           "a    completed  0.5000\n"
           "b    completed  0.2500*\n");
  const std::vector<StoredRun> many(5, a);
  auto runs = many;
  runs.push_back(b);
  CHECK_FALSE(contains(text(runs), "setting"));  // more runs than settings
}

TEST_CASE("compare: real runs, read from their folders") {
  Bench bench;
  bench.run(with_rates("[2, 0.5]", bench.folder));
  const auto results = bench.folder / "results/tiny";
  const auto runs = read_runs({results}, Keep::kFigures);
  REQUIRE_EQ(runs.size(), 2);
  CHECK_EQ(differing_settings(runs), std::vector<std::string>{"learning_rate"});
  const auto output = compare(runs, true);
  CHECK_EQ(output.rows[0][0], "learning_rate=2");
  CHECK_EQ(output.rows[1][1], "0.5");
  for (const auto& column : output.columns) {
    CAPTURE(column.whole_name());
    CHECK(contains(bench.file("runs.csv"), column.whole_name()));
  }
  CHECK_EQ(read_runs({results / "learning_rate=2/", results / "learning_rate=0.5"}, Keep::kFigures)
               .size(),
           2);
}

TEST_CASE("compare: a run given twice is told") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  const auto results = bench.folder / "results/tiny";
  CHECK(contains(error_of([&] {
                   read_runs({results, results / "."}, Keep::kFigures);
                 }),
                 "results/tiny/run: this run is given twice"));
  CHECK(contains(error_of([&] {
                   read_runs({results / "run", results}, Keep::kFigures);
                 }),
                 "is given twice"));
}

}  // namespace nnrun
