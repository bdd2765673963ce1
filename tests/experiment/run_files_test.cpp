#include "experiment/run_files.h"

#include <sys/wait.h>
#include <unistd.h>

#include "experiment/bench.h"

namespace nnrun {

using namespace test;

TEST_CASE("run_files: an experiment's folder that cannot be made ends before training") {
  Bench bench;
  std::filesystem::create_directory(bench.folder / "results");
  write_bytes(bench.folder / "results/tiny", "a file");
  CHECK(contains(error_of([&] { bench.run(tiny_experiment(bench.folder)); }),
                 "results/tiny: cannot create folder"));
}

TEST_CASE("run_files: no link below the results folder is followed") {
  for (const char* link : {"tiny", "tiny/run", "tiny/run/weights", "tiny/run/checkpoint"}) {
    CAPTURE(link);
    Bench bench;
    const std::filesystem::path outside = bench.folder / "outside";
    const std::filesystem::path at = bench.folder / ("results/" + std::string(link));
    std::filesystem::create_directory(outside);
    std::filesystem::create_directories(at.parent_path());
    std::filesystem::create_directory_symlink(outside, at);
    RunOptions fresh;
    fresh.fresh = true;
    const std::string found = error_of([&] { bench.run(tiny_experiment(bench.folder), fresh); });
    CHECK(contains(found, std::string(link) + ": a symbolic link; nnrun writes into folders"));
    CHECK(std::filesystem::is_empty(outside));
    CHECK(std::filesystem::is_symlink(at));
  }
}

TEST_CASE("run_files: nor one of a run that is finished, or of another configuration") {
  Bench bench;
  namespace fs = std::filesystem;
  const fs::path outside = bench.folder / "outside";
  const fs::path results = bench.folder / "results/tiny";
  bench.run(tiny_experiment(bench.folder));
  SUBCASE("its checkpoint") {
    fs::create_directory(outside);
    write_bytes(outside / "state", "mine");
    fs::create_directory_symlink(outside, results / "run/checkpoint");
    CHECK(contains(error_of([&] { bench.run(tiny_experiment(bench.folder)); }),
                   "tiny/run/checkpoint: a symbolic link"));
    CHECK(fs::exists(outside / "state"));
  }
  SUBCASE("the run itself") {
    fs::rename(results / "run", outside);
    fs::create_directory_symlink(outside, results / "run");
    CHECK(contains(error_of([&] { bench.run(tiny_experiment(bench.folder)); }),
                   "tiny/run: a symbolic link"));
  }
  SUBCASE("a run of before, with --fresh") {
    fs::rename(results / "run", outside);
    fs::create_directory_symlink(outside, results / "before");
    RunOptions fresh;
    fresh.fresh = true;
    bench.run(with(tiny_experiment(bench.folder), "epochs: 3", "epochs: 2"), fresh);
    CHECK(fs::exists(outside / "run.json"));
  }
}

TEST_CASE("run_files: the results folder itself may be a link") {
  Bench bench;
  std::filesystem::create_directory(bench.folder / "elsewhere");
  std::filesystem::create_directory_symlink(bench.folder / "elsewhere", bench.folder / "results");
  CHECK_EQ(bench.run(tiny_experiment(bench.folder)).trained, 1);
  CHECK(std::filesystem::exists(bench.folder / "elsewhere/tiny/run/run.json"));
}

TEST_CASE("run_files: a file where a run's folder should be is found before any run is trained") {
  Bench bench;
  std::filesystem::create_directories(bench.folder / "results/tiny");
  write_bytes(bench.folder / "results/tiny/learning_rate=2", "mine");
  const std::string found = error_of([&] { bench.run(with_rates("[1, 2]", bench.folder)); });
  CHECK(contains(found, "tiny/learning_rate=2: cannot create folder: a file stands there"));
  CHECK_FALSE(std::filesystem::exists(bench.folder / "results/tiny/learning_rate=1"));
}

TEST_CASE("run_files: the confusion matrix of the validation samples is there where asked for") {
  Bench bench;
  const std::string text = tiny_experiment(bench.folder, "confusion: [test, validation]\n");
  const std::filesystem::path run = bench.folder / "results/tiny/run";
  bench.run(text);
  CHECK(bench.file("run/confusion_validation.csv").starts_with("true\\predicted,0,1,2\n0,"));
  CHECK_EQ(lines(bench.file("run/confusion_validation.csv")), 4);
  CHECK_EQ(bench.run(text).skipped, 1);
  std::filesystem::remove(run / "confusion_validation.csv");
  CHECK(contains(error_of([&] { bench.run(text); }), "confusion_validation.csv: missing"));
  // Trained anew with none: what was there before is gone.
  write_bytes(run / "confusion_validation.csv", "left over");
  RunOptions fresh;
  fresh.fresh = true;
  bench.run(tiny_experiment(bench.folder, "confusion: []\n"), fresh);
  CHECK_FALSE(std::filesystem::exists(run / "confusion_validation.csv"));
  CHECK_FALSE(std::filesystem::exists(run / "confusion.csv"));
  CHECK_EQ(bench.run(tiny_experiment(bench.folder, "confusion: []\n")).skipped, 1);
}

TEST_CASE("run_files: a folder that is not ours to write is found before any run is trained") {
  Bench bench;
  const std::filesystem::path tree = bench.folder / "results/tiny";
  std::filesystem::create_directories(tree / "learning_rate=2");
  for (const auto& open : {bench.folder.path(), tree.parent_path(), tree}) {
    std::filesystem::permissions(open, std::filesystem::perms::all);
  }
  std::filesystem::permissions(tree / "learning_rate=2", std::filesystem::perms::owner_read);
  const pid_t child = ::fork();
  REQUIRE_GE(child, 0);
  if (child == 0) {  // the superuser may write everywhere: become somebody else
    constexpr uid_t kNobody = 65534;
    if (::geteuid() == 0 && ::setuid(kNobody) != 0) ::_exit(2);
    const std::string found = error_of([&] { bench.run(with_rates("[1, 2]", bench.folder)); });
    ::_exit(contains(found, "tiny/learning_rate=2/run.json: cannot open: Permission denied") ? 0
                                                                                             : 1);
  }
  int state = 0;
  REQUIRE_EQ(::waitpid(child, &state, 0), child);
  CHECK_EQ(state, 0);
  CHECK_FALSE(std::filesystem::exists(tree / "learning_rate=1"));
  std::filesystem::permissions(tree / "learning_rate=2", std::filesystem::perms::owner_all);
}

}  // namespace nnrun
