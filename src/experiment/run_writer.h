// Writes the folder of one run, as DESIGN draws it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "experiment/provenance.h"
#include "experiment/summary.h"
#include "experiment/sweep.h"

namespace nnrun {

/// Writes one run as it trains. Nothing but metrics.csv can be seen before it is whole; run.json
/// comes last.
class RunWriter {
 public:
  RunWriter(std::filesystem::path folder, const Run& run, const Provenance& provenance);

  void record(const EpochRecord& record);
  void finish(const Outcome& outcome, const std::vector<SourceFile>& files);

 private:
  void write_weights(const Outcome& outcome) const;
  void write_confusion(const std::string& name, const std::vector<std::uint64_t>& confusion) const;
  void write_run_json(const Outcome& outcome, const std::vector<SourceFile>& files) const;

  std::filesystem::path folder_;
  const Run& run_;
  const Provenance& provenance_;
  GrowingFile metrics_;
  std::string timing_;
  std::vector<EpochRecord> records_;
  std::string started_;
};

}  // namespace nnrun
