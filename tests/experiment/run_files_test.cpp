#include "experiment/run_files.h"

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
  for (const char* link : {"tiny", "tiny/run", "tiny/run/weights"}) {
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

TEST_CASE("run_files: a folder that is not ours to write is found before any run is trained") {
  if (::geteuid() == 0) {
    MESSAGE("skipped: the superuser may write everywhere");
    return;
  }
  Bench bench;
  const std::filesystem::path run = bench.folder / "results/tiny/run";
  std::filesystem::create_directories(run);
  std::filesystem::permissions(run, std::filesystem::perms::owner_read);
  CHECK(contains(error_of([&] { bench.run(tiny_experiment(bench.folder)); }),
                 "tiny/run: cannot write: Permission denied"));
  std::filesystem::permissions(run, std::filesystem::perms::owner_all);
}

}  // namespace nnrun
