// Changing a finished run as nobody should, so that its checksums do not tell.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/checksum.h"
#include "experiment/run_json.h"
#include "support.h"

namespace nnrun::test {

/// Writes run.json again with the checksums that its files, and it itself, have now.
inline void sign_again(const std::filesystem::path& run_folder) {
  auto json = nlohmann::ordered_json::parse(read_bytes(run_folder / "run.json"));
  json.erase("sha256");
  for (auto& [name, digest] : json["files"].items()) {
    digest = sha256(read_bytes(run_folder / name));
  }
  write_bytes(run_folder / "run.json", run_json_text(json));
}

}  // namespace nnrun::test
