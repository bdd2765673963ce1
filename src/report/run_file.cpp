#include "report/run_file.h"

#include <spdlog/spdlog.h>

#include "base/checksum.h"
#include "base/error.h"
#include "experiment/run_files.h"

namespace nnrun {

std::optional<std::string> run_file(const ReportRun& run, const std::string& name) {
  if (!run.facts.is_object() || !run.facts["files"].contains(name)) return std::nullopt;
  try {
    std::string bytes = read_result(run.stored.folder / name);
    if (sha256(bytes) == run.facts["files"][name].get<std::string>()) return bytes;
  } catch (const Error& error) {
    spdlog::debug("{}", error.what());
  }
  return std::nullopt;
}

}  // namespace nnrun
