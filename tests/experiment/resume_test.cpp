// A run that was killed anywhere, and the same command again.
#include <map>

#include "base/text.h"
#include "experiment/bench.h"
#include "experiment/checkpoint.h"
#include "experiment/edit_run.h"
#include "experiment/run_lock.h"

namespace nnrun {

using namespace test;

namespace {

namespace fs = std::filesystem;

/// Two runs with a state of every kind, in three mini-batches an epoch, saved after each of them.
std::string experiment(const TemporaryFolder& folder, double every_seconds = 0) {
  std::string text = with_rates("[0.01, 0.02]", folder);
  text = with(text, "  - softmax\n", "  - batch_norm\n  - softmax\n");
  text = with(text, "metrics: [accuracy]", "metrics: [accuracy, f1]");
  return text +
         "optimizer: adam\nbatch_size: 80\ncheckpoint: {every_seconds: " + shortest(every_seconds) +
         "}\n";
}

/// Every file of the tree but timing.csv and run.json, which has times in it; without the path of the data.
std::map<std::string, std::string> tree(const Bench& bench) {
  std::map<std::string, std::string> files;
  const fs::path root = bench.folder / "results";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string name = fs::relative(entry.path(), root).string();
    const bool timed =
        entry.path().filename() == "timing.csv" || entry.path().filename() == "run.json";
    std::string& content = files[name];
    if (entry.is_regular_file() && !timed) content = read_bytes(entry.path());
    const std::string here = bench.folder.path().string();
    for (std::size_t at = 0; (at = content.find(here)) != std::string::npos;) {
      content.replace(at, here.size(), "HERE");
    }
  }
  return files;
}

fs::path run_folder(const Bench& bench) { return bench.folder / "results/tiny/learning_rate=0.01"; }

RunOptions retrying(const char* status) {
  RunOptions options;
  options.retry = {status};
  return options;
}

TEST_CASE("resume: killed after any record, a sweep ends as the undisturbed one did") {
  Bench whole;
  whole.run(experiment(whole.folder));
  const auto expected = tree(whole);
  for (std::size_t records = 1; records <= 8; ++records) {
    CAPTURE(records);
    Bench bench;
    bench.crash(experiment(bench.folder), records);
    CHECK_EQ(bench.run(experiment(bench.folder)).failure, "");
    CHECK(tree(bench) == expected);
  }
}

TEST_CASE("resume: killed again and again, it gets there") {
  Bench whole;
  whole.run(experiment(whole.folder));
  Bench bench;
  for (int i = 0; i < 3; ++i) bench.crash(experiment(bench.folder), 2);
  CHECK_EQ(bench.run(experiment(bench.folder)).failure, "");
  CHECK(tree(bench) == tree(whole));
}

TEST_CASE("resume: without a checkpoint a run begins at its start") {
  Bench whole;
  whole.run(experiment(whole.folder, 1000));
  Bench bench;
  bench.crash(experiment(bench.folder, 1000), 5);
  CHECK_FALSE(fs::exists(checkpoint_file(run_folder(bench))));
  const Witness witness = bench.run(experiment(bench.folder, 1000));
  CHECK_EQ(witness.records, 8);
  CHECK(tree(bench) == tree(whole));
}

TEST_CASE("resume: how often it is saved is no change of a run") {
  Bench bench;
  bench.crash(experiment(bench.folder), 5);
  const Witness witness = bench.run(experiment(bench.folder, 7));
  CHECK_EQ(witness.failure, "");
  CHECK_EQ(witness.records, 4);  // rows 2 and 3 of both: one run of the two had its row 2 already
}

TEST_CASE("resume: another configuration is refused with what differs") {
  Bench bench;
  bench.crash(experiment(bench.folder), 5);
  const std::string changed = with(experiment(bench.folder), "epochs: 3", "epochs: 4");
  CHECK(contains(
      error_of([&] { bench.run(changed); }),
      "learning_rate=0.01: interrupted with another configuration:\n    epochs: was 3, now 4"));
}

TEST_CASE("resume: other data is refused") {
  Bench bench;
  bench.crash(experiment(bench.folder), 5);
  std::string images = read_bytes(bench.folder / "train-images");
  images.back() = static_cast<char>(images.back() ^ 1);
  write_bytes(bench.folder / "train-images", images);
  CHECK(contains(error_of([&] { bench.run(experiment(bench.folder)); }),
                 "learning_rate=0.01: interrupted on other data:\n    data[0].sha256: was "));
}

/// Writes the checkpoint again, with another kernel in it.
void change_kernel(const Bench& bench, const fs::path& folder) {
  const auto file = write_experiment(bench.folder, "tiny.yaml", experiment(bench.folder));
  const auto sweeps = load_sweeps({file}, {});
  const auto stored = read_checkpoint(folder);
  REQUIRE(stored);
  RunMemory memory(sweeps[0].runs[0].experiment.model);
  stored->restore(memory);
  Checkpoint head = stored->head();
  head.facts["program"]["kernel"] = "abacus";
  write_checkpoint(folder, head, memory);
}

TEST_CASE("resume: another program is refused unless it is allowed, and then run.json says so") {
  Bench bench;
  bench.crash(experiment(bench.folder), 6);
  change_kernel(bench, run_folder(bench));
  const std::string found = error_of([&] { bench.run(experiment(bench.folder)); });
  CHECK(contains(found, "learning_rate=0.01: interrupted with another program"));
  CHECK(contains(found, "kernel: was \"abacus\", now "));
  CHECK(contains(found, "--allow-different-build"));
  CHECK_FALSE(contains(found, "learning_rate=0.02"));
  RunOptions allowed;
  allowed.allow_different_build = true;
  const Witness witness = bench.run(experiment(bench.folder), allowed);
  CHECK(contains(witness.warning, "with another program: kernel: was \"abacus\""));
  CHECK(contains(bench.file("learning_rate=0.01/run.json"), "with another program: kernel: was"));
  CHECK(contains(bench.file("learning_rate=0.02/run.json"), "\"warnings\": []"));
}

/// Copies the results over those of another bench, as another process would have left them.
void leave(const Bench& from, const Bench& to) {
  fs::copy(from.folder / "results", to.folder / "results",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

TEST_CASE("resume: what another process leaves after the plan was made is looked at once more") {
  Bench bench;
  const std::string text = experiment(bench.folder);
  SUBCASE("interrupted, by another program") {
    Bench other;
    other.crash(text, 6);
    change_kernel(other, run_folder(other));
    const Witness witness = bench.run(text, {}, [&] { leave(other, bench); });
    CHECK(bench.status == ExitStatus::kRunFailed);
    CHECK(contains(witness.failure, "learning_rate=0.01: interrupted with another program"));
    CHECK_EQ(witness.outcomes.size(), 1);
  }
  SUBCASE("interrupted, by another program, which is allowed") {
    Bench other;
    other.crash(text, 6);
    change_kernel(other, run_folder(other));
    RunOptions allowed;
    allowed.allow_different_build = true;
    const Witness witness = bench.run(text, allowed, [&] { leave(other, bench); });
    CHECK_EQ(witness.failure, "");
    CHECK(contains(witness.warning, "with another program: kernel: was \"abacus\""));
  }
  SUBCASE("on other data") {
    Bench other;
    const std::string images = read_bytes(bench.folder / "train-images");
    std::string changed = images;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    write_bytes(bench.folder / "train-images", changed);
    SUBCASE("interrupted") { other.crash(text, 6); }
    SUBCASE("finished") { other.run(text); }
    write_bytes(bench.folder / "train-images", images);
    const Witness witness = bench.run(text, {}, [&] { leave(other, bench); });
    CHECK(bench.status == ExitStatus::kRunFailed);
    CHECK(contains(witness.failure, " on other data:\n    data[0].sha256: was "));
    CHECK(witness.outcomes.empty());
  }
  SUBCASE("failed") {
    Bench other;
    other.run(text);
    const fs::path json = run_folder(other) / "run.json";
    write_bytes(json, with(read_bytes(json), "\"completed\"", "\"failed\""));
    sign_again(run_folder(other));
    const Witness witness = bench.run(text, {}, [&] { leave(other, bench); });
    CHECK(contains(witness.failure, "learning_rate=0.01: failed: "));
  }
}

TEST_CASE("resume: the tables of runs that another process put there stay as they are") {
  Bench bench;
  Bench other;
  const std::string text = experiment(bench.folder);
  other.run(with(text, "epochs: 3", "epochs: 2"));
  const Witness witness = bench.run(text, {}, [&] { leave(other, bench); });
  CHECK(bench.status == ExitStatus::kRunFailed);
  CHECK(
      contains(witness.failure, "finished with another configuration:\n    epochs: was 2, now 3"));
  for (const char* name : {"experiment.yaml", "runs.csv", "epochs.csv"}) {
    CHECK_EQ(bench.file(name), other.file(name));
  }
}

TEST_CASE("resume: a checkpoint that is not whole is refused, and trained anew with retry") {
  Bench whole;
  whole.run(experiment(whole.folder));
  Bench bench;
  bench.crash(experiment(bench.folder), 6);
  const std::string state = read_bytes(checkpoint_file(run_folder(bench)));
  write_bytes(checkpoint_file(run_folder(bench)), state.substr(0, state.size() - 1));
  const std::string found = error_of([&] { bench.run(experiment(bench.folder)); });
  CHECK(contains(found, "learning_rate=0.01: interrupted, but not whole (--retry damaged"));
  CHECK(contains(found, "checkpoint/state: damaged: its SHA-256"));
  CHECK(found.ends_with("\n--retry damaged trains these anew and keeps the others"));
  CHECK_EQ(bench.run(experiment(bench.folder), retrying("damaged")).failure, "");
  CHECK(tree(bench) == tree(whole));
}

TEST_CASE("resume: rows that the checkpoint counts on must be what they were") {
  Bench bench;
  bench.crash(experiment(bench.folder), 6);
  const std::string rows = bench.file("learning_rate=0.01/metrics.csv");
  for (const std::string& changed :
       {rows.substr(0, 40), with(rows, "0,0.01", "0,0.02"), std::string()}) {
    write_bytes(run_folder(bench) / "metrics.csv", changed);
    CHECK(contains(error_of([&] { bench.run(experiment(bench.folder)); }),
                   "metrics.csv: is not what the checkpoint beside it counts on"));
  }
  fs::remove(run_folder(bench) / "metrics.csv");
  CHECK(contains(error_of([&] { bench.run(experiment(bench.folder)); }),
                 "metrics.csv: missing, but the checkpoint"));
  // What was written after the checkpoint is cut off.
  write_bytes(run_folder(bench) / "metrics.csv", rows + "7,7,torn");
  CHECK_EQ(bench.run(experiment(bench.folder)).failure, "");
  CHECK_EQ(lines(bench.file("learning_rate=0.01/metrics.csv")), 5);
}

TEST_CASE("resume: a checkpoint left beside a finished run is removed") {
  Bench bench;
  bench.run(experiment(bench.folder));
  fs::create_directory(checkpoint_folder(run_folder(bench)));
  write_bytes(checkpoint_file(run_folder(bench)), "left over");
  CHECK_EQ(bench.run(experiment(bench.folder)).skipped, 2);
  CHECK_FALSE(fs::exists(checkpoint_folder(run_folder(bench))));
}

TEST_CASE("resume: a run that cannot be trained is kept as failed until it is retried") {
  Bench bench;
  // Bytes that hardly vary about a large value cannot be scaled in the sparse form.
  std::string images = read_bytes(bench.folder / "train-images");
  std::fill(images.begin() + 16, images.end(), static_cast<char>(200));
  images[16] = static_cast<char>(201);
  write_bytes(bench.folder / "train-images", images);
  const std::string text = with(tiny_experiment(bench.folder, "compute: {features: sparse}\n"),
                                "  split:", "  scale: standard\n  split:");
  const Witness first = bench.run(text);
  CHECK(bench.status == ExitStatus::kRunFailed);
  CHECK(contains(first.failure, "compute.features: sparse would lose precision"));
  CHECK(contains(bench.file("run/run.json"), "\"status\": \"failed\""));
  CHECK(contains(bench.file("runs.csv"), "failed"));
  const Witness again = bench.run(text);
  CHECK(bench.status == ExitStatus::kRunFailed);
  CHECK_EQ(again.kept_failed, 1);
  CHECK_EQ(again.trained, 0);
  CHECK_EQ(bench.run(text, retrying("failed")).trained, 1);
}

TEST_CASE("resume: what another process trains cannot be replaced") {
  Bench bench;
  bench.run(tiny_experiment(bench.folder));
  const auto held = RunLock::try_hold(bench.folder / "results/tiny/run");
  REQUIRE(held);
  RunOptions fresh;
  fresh.fresh = true;
  CHECK(contains(error_of([&] { bench.run(tiny_experiment(bench.folder), fresh); }),
                 "tiny/run: cannot be replaced: process "));
  CHECK(fs::exists(bench.folder / "results/tiny/run/run.json"));
}

}  // namespace
}  // namespace nnrun
