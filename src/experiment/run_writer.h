// Writes the folder of one run, as DESIGN draws it.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/checksum.h"
#include "base/file.h"
#include "experiment/checkpoint.h"
#include "experiment/provenance.h"
#include "experiment/summary.h"
#include "experiment/sweep.h"

namespace nnrun {

/// Writes one run as it trains. Nothing but metrics.csv can be seen before it is whole; run.json
/// comes last. The run's lock must be held.
class RunWriter {
 public:
  /// Begins a run, or goes on where its checkpoint says.
  RunWriter(std::filesystem::path folder, const Run& run, const Provenance& provenance,
            const std::vector<SourceFile>& data, const StoredCheckpoint* checkpoint);

  /// A warning that run.json keeps.
  void warn(const std::string& text) { facts_["warnings"].push_back(text); }

  void record(const EpochRecord& record);
  /// Saves where the run is. The rows of metrics.csv are on the disk before.
  void save(const Position& position, const RunMemory& memory);
  void finish(const Outcome& outcome);
  /// The run cannot be trained.
  void fail(const std::string& why);

 private:
  void go_on(const StoredCheckpoint& checkpoint);
  void write(const std::string& name, const std::string& content);
  void write_weights(const std::string& below, const std::vector<Scalar>& values);
  void write_confusion(const std::string& name, const std::vector<std::uint64_t>& confusion);
  void write_run_json(const std::string& status, const std::string& message,
                      const nlohmann::ordered_json& figures);

  std::filesystem::path folder_;
  const Run& run_;
  const Provenance& provenance_;
  nlohmann::ordered_json facts_;
  nlohmann::ordered_json files_ = nlohmann::ordered_json::object();  ///< name: SHA-256
  GrowingFile metrics_;
  Sha256 metrics_digest_;
  std::vector<EpochRecord> records_;
};

}  // namespace nnrun
