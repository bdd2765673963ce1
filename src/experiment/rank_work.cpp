#include "experiment/rank_work.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/checksum.h"
#include "base/file.h"
#include "base/host.h"
#include "base/parallel.h"
#include "base/tell.h"
#include "base/text.h"
#include "experiment/checkpoint.h"
#include "experiment/run_bytes.h"

namespace nnrun {

namespace {

using Json = nlohmann::ordered_json;

/// What must be the same on all ranks, by name.
Json facts_of(const std::vector<Sweep>& sweeps, const Provenance& program) {
  Json facts = {{"host", host_name()},
                {"version", program.version},
                {"commit", program.commit},
                {"compiler", program.compiler},
                {"kernel", program.kernel},
                {"BLAS", program.blas},
                {"BLAS kernel", program.blas_kernel}};
  for (const Sweep& sweep : sweeps) {
    Sha256 digest;
    for (const Run& run : sweep.runs) {
      digest.add(run.chosen ? "chosen " : "not chosen ");
      digest.add(run.configuration);
    }
    facts["experiment " + sweep.name] = digest.hex();
  }
  return facts;
}

/// Why another rank cannot train with the first one; empty when it can.
std::string misfit(const Json& first, const Json& other) {
  for (const auto& [name, value] : first.items()) {
    if (name == "host") continue;
    const std::string text = value.get<std::string>();
    if (!other.contains(name)) return fmt::format("it has no {}", printable(name));
    const std::string theirs = other[name].get<std::string>();
    if (theirs == text) continue;
    if (name.starts_with("experiment ")) return fmt::format("another {}", printable(name));
    return fmt::format("{}: {} there, {} here", name, printable(theirs), printable(text));
  }
  return {};
}

void check_shards(const std::vector<Sweep>& sweeps) {
  for (const Sweep& sweep : sweeps) {
    for (const Run& run : sweep.runs) {
      if (!run.chosen) continue;
      const std::size_t samples = batch_samples(run.experiment);
      const std::size_t shards = run.experiment.feed.shards.count(samples);
      if (shards >= ranks().count()) continue;
      throw Error(fmt::format(
          "{}: {} ranks, but the {} samples of a step are cut into {} shard{}: start at most {}, or "
          "take a larger batch_size or compute.shards",
          printable(sweep.source), ranks().count(), samples, shards, shards == 1 ? "" : "s",
          shards));
    }
  }
}

Json json_of(const std::vector<RunRef>& refs) {
  Json all = Json::array();
  for (const RunRef& ref : refs) all.push_back({ref.sweep, ref.run});
  return all;
}

/// The data of these runs, each once, and what it must be.
std::vector<std::string> load_data_of(const std::vector<Sweep>& sweeps, const Json& refs,
                                      LoadedData& data) {
  std::vector<std::string> sums;
  std::set<std::string> known;
  for (const Json& ref : refs) {
    const DataSource& source =
        sweeps[ref[0].get<std::size_t>()].runs[ref[1].get<std::size_t>()].experiment.data;
    if (!known.insert(source.key).second) continue;
    for (const std::string& sum : checksums(data.load(source))) sums.push_back(sum);
  }
  return sums;
}

/// What the others do between two steps: as the first rank says.
class Along final : public TrainingObserver {
 public:
  void record(std::size_t /*job*/, const EpochRecord& /*record*/) override {}
  void finished(std::size_t /*job*/, const Outcome& /*outcome*/) override {}
  Then after_step() override { return ranks().broadcast_value(Then::kGoOn); }
};

class Follower {
 public:
  Follower(const std::vector<Sweep>& sweeps, const RunOptions& options)
      : sweeps_(sweeps), pool_(rank_threads(options.threads)) {}

  void load() {
    const Json told = Json::parse(ranks().broadcast({}));
    ranks().together([&] {
      const auto sums = load_data_of(sweeps_, told["runs"], data_);
      if (sums != told["checksums"].get<std::vector<std::string>>())
        throw Error("the data there is not what the first rank has");
    });
  }

  ExitStatus train_along() {
    for (;;) {
      const std::string told = ranks().broadcast({});
      if (told.empty()) return ranks().broadcast_value(ExitStatus::kDone);
      train_group(Json::parse(told));
    }
  }

 private:
  void train_group(const Json& told) {
    std::vector<Job> jobs;
    const Experiment* first = nullptr;
    for (const Json& run : told["runs"]) {
      const Experiment& experiment =
          sweeps_[run["sweep"].get<std::size_t>()].runs[run["run"].get<std::size_t>()].experiment;
      if (first == nullptr) first = &experiment;
      jobs.push_back({&experiment.model, experiment.epochs, memory_of(experiment, run),
                      run["pause"].get<std::size_t>()});
    }
    const Position start = {told["epoch"].get<std::size_t>(), told["batches"].get<std::size_t>(),
                            told["update"].get<std::uint64_t>()};
    Along along;
    try {
      train(data_.load(first->data), first->feed, std::move(jobs), start, pool_, along);
    } catch (const Error&) {  // before the first step, on all ranks alike: the first one tells it
    }
  }

  static RunMemory memory_of(const Experiment& experiment, const Json& run) {
    const std::string checkpoint = ranks().broadcast({});
    if (run["failed"].get<bool>()) return RunMemory(experiment.model);
    if (checkpoint.empty()) return RunMemory(experiment.model, experiment.init_seed);
    RunMemory memory(experiment.model);
    StoredCheckpoint::parse(checkpoint, "the first rank's checkpoint").restore(memory);
    return memory;
  }

  const std::vector<Sweep>& sweeps_;
  Pool pool_;
  LoadedData data_;
};

}  // namespace

std::size_t rank_threads(std::size_t asked) {
  if (asked > 0 || ranks().alone()) return asked;
  const std::size_t usable = thread_count(0);
  const auto online = static_cast<std::size_t>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
  // A launcher that binds its processes has shared the cores out.
  return usable < online ? usable : std::max<std::size_t>(1, usable / ranks().on_this_host());
}

void compare_ranks(const std::vector<Sweep>& sweeps, const Provenance& program) {
  if (ranks().alone()) return;
  const auto all = ranks().gather(facts_of(sweeps, program).dump());
  const Json first = Json::parse(all.front());
  std::string misfits;
  for (std::size_t rank = 1; rank < all.size(); ++rank) {
    const Json other = Json::parse(all[rank]);
    const std::string why = misfit(first, other);
    if (why.empty()) continue;
    misfits += fmt::format("\n  rank {} on {}: {}", rank,
                           printable(other["host"].get<std::string>()), why);
  }
  ranks().together([&] {
    if (!misfits.empty()) throw Error("the ranks cannot train together:" + misfits);
    check_shards(sweeps);
  });
}

void share_data(const std::vector<Sweep>& sweeps, const std::vector<RunRef>& to_train,
                LoadedData& data) {
  if (ranks().alone()) return;
  Json told = {{"runs", json_of(to_train)}};
  told["checksums"] = load_data_of(sweeps, told["runs"], data);
  ranks().broadcast(told.dump());
  ranks().together([] {});
}

void share_group(const std::vector<HeldRun>& group, const std::filesystem::path& results,
                 const std::vector<Sweep>& sweeps, const GroupWriters& writers,
                 const Position& start) {
  if (ranks().alone()) return;
  Json told = {{"epoch", start.epoch}, {"batches", start.batches}, {"update", start.update}};
  for (std::size_t job = 0; job < group.size(); ++job) {
    const auto& [ref, lock, pause] = group[job];
    told["runs"].push_back({{"sweep", ref.sweep},
                            {"run", ref.run},
                            {"pause", writers.has_failed(job) ? 0 : pause},
                            {"failed", writers.has_failed(job)}});
  }
  ranks().broadcast(told.dump());
  constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();
  for (const HeldRun& held : group) {
    const auto folder =
        results / sweeps[held.ref.sweep].name / sweeps[held.ref.sweep].runs[held.ref.run].folder;
    ranks().broadcast(
        read_file_if_there(checkpoint_file(folder), kAny, Links::kRefuse).value_or(""));
  }
}

ExitStatus lead_ranks(const std::function<ExitStatus()>& train_all) {
  if (ranks().alone()) return train_all();
  try {
    const ExitStatus status = train_all();
    ranks().broadcast({});
    return ranks().broadcast_value(status);
  } catch (const std::exception& error) {  // the others would wait for ever
    tell(error.what() + std::string("\n"));
    ranks().abort(ExitStatus::kRunFailed);
  }
}

ExitStatus train_along(const std::vector<Sweep>& sweeps, const RunOptions& options) {
  ranks().together([] {});  // while the first looks at the tree
  Follower follower(sweeps, options);
  follower.load();
  try {
    return follower.train_along();
  } catch (const std::exception& error) {  // the first would wait for this one for ever
    tell(fmt::format("rank {} on {}: {}\n", ranks().rank(), host_name(), error.what()));
    ranks().abort(ExitStatus::kRunFailed);
  }
}

}  // namespace nnrun
