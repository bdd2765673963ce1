#include "experiment/run_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "base/checksum.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "experiment/damage.h"
#include "experiment/metrics_csv.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t kAnySize = std::numeric_limits<std::size_t>::max();

/// What is wrong with a file's content, or nothing.
std::string damage_of(const std::optional<std::string>& content, const std::string& digest) {
  if (digest.empty()) return "run.json does not know it";
  if (!content) return "missing";
  const bool same = sha256(*content) == digest;
  return same ? "" : "changed since it was written: its SHA-256 is not the one in run.json";
}

/// Whether it was there. Of a link the link goes; of folders those of weights alone go with what is in them.
bool take_away(const fs::path& path) {
  std::error_code error;
  const bool whole = path.filename() == "weights" || path.filename() == "weights_best";
  const bool removed = whole ? fs::remove_all(path, error) > 0 : fs::remove(path, error);
  if (!error) return removed;
  throw Error(fmt::format("{}: cannot remove: {}", printable(path.string()), error.message()),
              ExitStatus::kRunFailed);
}

/// What is written of a run beside run.json when it ends.
void clear_results(const fs::path& folder) {
  for (const char* name : {"timing.csv", "confusion.csv", "confusion_validation.csv", "weights",
                           "weights_best", ".run.json.part", ".timing.csv.part",
                           ".confusion.csv.part", ".confusion_validation.csv.part"}) {
    take_away(folder / name);
  }
}

}  // namespace

std::string read_result(const fs::path& path) { return read_file(path, kAnySize, Links::kRefuse); }

std::string read_intact(const fs::path& path, const std::string& digest) {
  auto content = read_file_if_there(path, kAnySize, Links::kRefuse);
  const std::string damage = damage_of(content, digest);
  if (damage.empty()) return std::move(*content);
  throw Damage(printable(path.string()) + ": " + damage +
               "; train the run anew with --retry damaged");
}

std::vector<std::string> damages(const fs::path& folder, const Json& run_json) {
  std::vector<std::string> lines;
  for (const auto& [name, digest] : run_json["files"].items()) {
    const std::string damage =
        damage_of(read_file_if_there(folder / name, kAnySize, Links::kRefuse), digest);
    if (!damage.empty()) lines.push_back(printable(name) + ": " + damage);
  }
  return lines;
}

std::string metrics_until(const fs::path& folder, const Checkpoint& checkpoint) {
  const fs::path path = folder / "metrics.csv";
  auto text = read_file_if_there(path, kAnySize, Links::kRefuse);
  if (!text) {
    throw Damage(printable(path.string()) + ": missing, but the checkpoint beside it counts on it");
  }
  const bool long_enough = text->size() >= checkpoint.metrics_size;
  if (long_enough) text->resize(checkpoint.metrics_size);
  if (long_enough && sha256(*text) == checkpoint.metrics_sha256) return std::move(*text);
  throw Damage(printable(path.string()) + ": is not what the checkpoint beside it counts on");
}

void check_resumable(const fs::path& folder, const StoredCheckpoint& stored, const Run& run) {
  const Experiment& experiment = run.experiment;
  const Checkpoint& head = stored.head();
  const std::size_t rows =
      read_records(metrics_until(folder, head), folder / "metrics.csv", experiment.model).size();
  if (rows != head.position.epoch || rows != head.seconds.size() || rows > experiment.epochs) {
    throw Damage(fmt::format("{}: at epoch {} of {}, but with {} rows of metrics.csv",
                             printable(checkpoint_file(folder).string()), head.position.epoch,
                             experiment.epochs, rows));
  }
  RunMemory memory(experiment.model);
  stored.restore(memory);
  const bool judges = experiment.model.stop.early && head.position.epoch > 0;
  const bool keeps = experiment.model.keep_best && head.position.epoch > 0;
  if (memory.best.epoch.has_value() != judges || memory.kept.epoch.has_value() != keeps) {
    throw Damage(printable(checkpoint_file(folder).string()) +
                 ": what it says of the best epoch does not fit the experiment");
  }
  const std::size_t measures =
      memory.measured.samples > 0 ? experiment.model.metrics.size() + 1 : 0;
  if (memory.measured.states.size() != measures || (measures > 0) != (head.position.batches > 0)) {
    throw Damage(printable(checkpoint_file(folder).string()) +
                 ": what it says of the mini-batches that are done does not fit together");
  }
}

void check_no_link(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(folder, error))) return;
  throw Error(printable(folder.string()) +
              ": a symbolic link; nnrun writes into folders of its own only (the folder given with "
              "--results may be a link)");
}

void check_writable(const fs::path& folder) {
  check_no_link(folder);
  std::error_code error;
  const fs::file_status status = fs::symlink_status(folder, error);
  if (status.type() == fs::file_type::not_found) return;
  if (!fs::is_directory(status)) {
    throw Error(printable(folder.string()) + ": cannot create folder: a file stands there");
  }
  if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    throw system_error("write", folder.string(), ExitStatus::kBadInput);
  }
}

void clear_run(const fs::path& folder) {
  // run.json and the checkpoint first: without them the rest is unfinished, whatever happens next.
  if (take_away(folder / "run.json")) sync_folder(folder, ExitStatus::kRunFailed);
  if (take_away(checkpoint_file(folder))) {
    sync_folder(checkpoint_folder(folder), ExitStatus::kRunFailed);
  }
  take_away(folder / "metrics.csv");
  take_away(checkpoint_folder(folder) / ".state.part");
  clear_results(folder);
}

void clear_ending(const fs::path& folder) {
  // run.json first: without it the checkpoint counts, whatever happens next.
  if (take_away(folder / "run.json")) sync_folder(folder, ExitStatus::kRunFailed);
  clear_results(folder);
}

std::vector<std::string> confusion_header(const Run& run) {
  const std::size_t classes =
      run.experiment.model.labels.classes(run.experiment.data.facts.classes);
  std::vector<std::string> header = {"true\\predicted"};
  for (std::size_t k = 0; k < classes; ++k) header.push_back(std::to_string(k));
  return header;
}

}  // namespace nnrun
