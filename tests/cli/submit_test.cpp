#include <filesystem>

#include "cli/place.h"
#include "cli/process.h"

namespace nnrun {

using namespace test;

namespace fs = std::filesystem;

namespace {

/// Nothing is found in this PATH: no Slurm.
const std::vector<std::string> kNoPrograms = {"PATH=/nowhere"};

/// A folder with a file of four runs.
struct Rates : Place {
  Finished run(const std::vector<std::string>& words) const {
    auto all = words;
    all.insert(all.begin() + 2, {"--set", "learning_rate=[1, 2, 3, 4]"});
    return nnrun(folder, all, kNoPrograms);
  }
  bool is_there(const std::string& name) const {
    return fs::exists(folder / ("results/tiny/" + name));
  }
};

}  // namespace

TEST_CASE("submit: --print shows the script, and writes nothing") {
  const Rates place;
  const auto found = place.run({"submit", "tiny.yaml", "--print", "--time", "1:00:00", "--cpus",
                                "2", "--sbatch=--account=lab", "--only", "learning_rate=1",
                                "--only", "learning_rate=2"});
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.error, "");
  CHECK(found.out.starts_with("#!/usr/bin/env bash\n"));
  for (const char* part :
       {"\n#SBATCH --time=1:00:00\n", "\n#SBATCH --cpus-per-task=2\n", "\n#SBATCH --account=lab\n",
        "results/tiny/experiment.yaml", "--only learning_rate=1 --only learning_rate=2",
        "SLURM_ARRAY_TASK_ID))/2"}) {
    CAPTURE(part);
    CHECK(contains(found.out, part));
  }
  CHECK_FALSE(fs::exists(place.folder / "results"));
}

TEST_CASE("submit: without Slurm it says what works, after the mistakes of the file") {
  const Rates place;
  const auto found = place.run({"submit", "tiny.yaml"});
  CHECK_EQ(found.status, 2);
  CHECK(contains(found.error, "no sbatch in PATH"));
  CHECK(contains(found.error, "--print"));
  CHECK(contains(found.error, "--shard"));
  CHECK_FALSE(fs::exists(place.folder / "results"));
  CHECK(contains(place.run({"submit", "tiny.yaml", "--set", "epoch=3"}).error, "epoch"));
}

TEST_CASE("submit: an option for sbatch is one, and not one of its own") {
  const Rates place;
  for (const char* option : {"x", "-", "--array=0-5", "--wrap=ls"}) {
    CAPTURE(option);
    const auto found =
        place.run({"submit", "tiny.yaml", "--print", std::string("--sbatch=") + option});
    CHECK_EQ(found.status, 2);
    CHECK(contains(found.error, "--sbatch"));
  }
}

TEST_CASE("submit: status and cancel where nothing was submitted") {
  const Rates place;
  CHECK(contains(place.run({"run", "tiny.yaml", "--shard", "1/2"}).out, "learning_rate=4"));
  const auto status = nnrun(place.folder, {"status", "results/tiny"}, kNoPrograms);
  CHECK_EQ(status.status, 0);
  CHECK(contains(status.out, "4 runs: 2 completed, 2 not finished\n"));
  const auto csv = nnrun(place.folder, {"status", "results/tiny", "--format", "csv"}, kNoPrograms);
  CHECK(contains(csv.out, "\nlearning_rate=3,completed,3,3,,,\n"));
  CHECK(contains(csv.out, "\nlearning_rate=1,to train,,3,,,\n"));
  const auto cancel = nnrun(place.folder, {"cancel", "results/tiny"}, kNoPrograms);
  CHECK_EQ(cancel.status, 0);
  CHECK_EQ(cancel.out, "nothing was submitted from results/tiny\n");
  const auto no_folder = nnrun(place.folder, {"cancel", "results/tini"}, kNoPrograms);
  CHECK_EQ(no_folder.status, 2);
  CHECK_EQ(no_folder.error, "results/tini: no such folder\n");
  const auto none = nnrun(place.folder, {"status", "results"}, kNoPrograms);
  CHECK_EQ(none.status, 2);
  CHECK(contains(none.error, "no experiment.yaml there"));
}

TEST_CASE("shard: the shares of a file make the tree that one process makes") {
  const Rates whole;
  CHECK_EQ(whole.run({"run", "tiny.yaml"}).status, 0);
  const Rates shared;
  const auto first = shared.run({"run", "tiny.yaml", "--shard", "0/2"});
  CHECK_EQ(first.status, 0);
  CHECK(shared.is_there("learning_rate=2/run.json"));
  CHECK_FALSE(shared.is_there("learning_rate=3"));
  CHECK_EQ(shared.run({"run", "tiny.yaml", "--shard", "1/2"}).status, 0);
  for (const char* name : {"runs.csv", "epochs.csv", "learning_rate=4/metrics.csv"}) {
    CHECK_EQ(read_bytes(shared.folder / "results/tiny" / name),
             read_bytes(whole.folder / "results/tiny" / name));
  }
}

TEST_CASE("shard: a share without runs says so, a wrong one is a mistake") {
  const Rates place;
  const auto empty = place.run({"run", "tiny.yaml", "--shard", "4/5"});
  CHECK_EQ(empty.status, 0);
  const auto none = place.run({"run", "tiny.yaml", "--shard", "1/9"});
  CHECK_EQ(none.status, 0);
  CHECK_EQ(none.error, "share 1/9 has no runs: there are more shares than runs\n");
  const auto wrong = place.run({"run", "tiny.yaml", "--shard", "4/4"});
  CHECK_EQ(wrong.status, 2);
  CHECK(contains(wrong.error, "expected I/N with whole numbers, I from 0 to N - 1"));
  const auto both = place.run({"run", "tiny.yaml", "--shard", "0/4", "--only-tables"});
  CHECK_EQ(both.status, 2);
  CHECK(contains(both.error, "excludes"));
  const auto planned = place.run({"plan", "tiny.yaml", "--shard", "0/4"});
  CHECK(contains(planned.out, "tiny, 1 run\n"));
}

TEST_CASE("only-tables: trains nothing, and makes the tables of what is there anew") {
  const Rates place;
  CHECK_EQ(place.run({"run", "tiny.yaml", "--shard", "0/2"}).status, 0);
  const std::string before = read_bytes(place.folder / "results/tiny/runs.csv");
  fs::remove(place.folder / "results/tiny/runs.csv");
  fs::remove(place.folder / "results/tiny/epochs.csv");
  const auto found = place.run({"run", "tiny.yaml", "--only-tables"});
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.error, "");
  CHECK_EQ(read_bytes(place.folder / "results/tiny/runs.csv"), before);
  CHECK(place.is_there("epochs.csv"));
  CHECK_FALSE(place.is_there("learning_rate=3"));
}

}  // namespace nnrun
