// What is in a results tree, for comparing two of them.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "support.h"

namespace nnrun::test {

/// A run.json without what tells the time, the place and the threads.
inline std::string timeless(const std::filesystem::path& path) {
  auto json = nlohmann::ordered_json::parse(read_bytes(path));
  for (const char* key : {"started", "finished", "configuration", "data", "machine", "sha256"})
    json.erase(key);
  json["files"].erase("timing.csv");
  return json.dump();
}

/// The files below a folder, each by its name, without times and locks.
inline std::map<std::string, std::string> files(const std::filesystem::path& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = std::filesystem::relative(entry.path(), folder).string();
    const std::string last = entry.path().filename().string();
    const bool timed = last == "timing.csv" || last == "lock" || last == "state";
    all[name] = !entry.is_regular_file() || timed ? ""
                : last == "run.json"              ? timeless(entry.path())
                                                  : read_bytes(entry.path());
  }
  return all;
}

}  // namespace nnrun::test
