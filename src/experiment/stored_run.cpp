#include "experiment/stored_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "base/csv_reader.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "experiment/metrics_csv.h"
#include "experiment/run_files.h"
#include "experiment/run_json.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// A folder with a run.json; what it says of how the run ended is read later.
bool is_run_folder(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(fs::symlink_status(folder / "run.json", error));
}

/// Why a folder that runs.csv lists is none of a finished run.
std::string why_no_run(const fs::path& folder) {
  std::error_code error;
  if (fs::symlink_status(folder / "run.json", error).type() == fs::file_type::none) {
    return "cannot be read: " + error.message();
  }
  return fs::exists(folder, error) ? "not finished" : "in runs.csv, but not there";
}

/// Whether the run could not be trained: it has no results. A damaged run.json is told where it is read.
bool has_failed(const fs::path& folder) {
  try {
    const auto json = read_run_json(folder);
    return json && (*json)["status"] == "failed";
  } catch (const Error& error) {
    spdlog::debug("{}", error.what());
    return false;
  }
}

/// "results/one results/two", as they can be typed.
std::string experiments_in(const fs::path& folder) {
  constexpr std::size_t kMostNamed = 12;
  std::string named;
  std::size_t count = 0;
  for (const fs::path& entry : entries_of(folder)) {
    const auto inside = entries_of(entry);
    if (std::none_of(inside.begin(), inside.end(), is_run_folder)) continue;
    if (++count <= kMostNamed) named += " " + printable(entry.string());
  }
  if (count > kMostNamed) named += fmt::format(" and {} more", count - kMostNamed);
  return named;
}

Error nothing_finished(const fs::path& folder) {
  const std::string name = printable(folder.string());
  std::error_code error;
  if (!fs::exists(folder, error)) return Error(name + ": no such folder");
  const std::string experiments = experiments_in(folder);
  if (experiments.empty()) return Error(name + ": no finished runs in this folder");
  return Error(fmt::format("{}: a folder of experiments, not of runs; give those that you mean:{}",
                           name, experiments));
}

/// Without a slash at its end, so that its parent is its parent.
fs::path tidy(const fs::path& folder) {
  const fs::path normal = folder.lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

/// Of many the first only: after `nnrun run --only` most runs of a grid are not there.
void tell_missing(const std::vector<fs::path>& paths) {
  constexpr std::size_t kMostTold = 3;
  for (std::size_t i = 0; i < std::min(paths.size(), kMostTold); ++i) {
    spdlog::warn("{}: {}; left out", printable(paths[i].string()), why_no_run(paths[i]));
  }
  if (paths.size() > kMostTold) {
    spdlog::warn("and {} more runs; left out", paths.size() - kMostTold);
  }
}

}  // namespace

std::vector<fs::path> listed_folders(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  if (!fs::is_regular_file(folder / "runs.csv", error)) return paths;
  std::string text = read_result(folder / "runs.csv");
  text.resize(text.rfind('\n') + 1);  // a last row without an end is torn; npos + 1 is 0
  CsvReader rows(text, printable((folder / "runs.csv").string()), ',');
  try {
    if (!rows.next()) return paths;
    const auto columns = rows.cells();
    const auto path = std::find(columns.begin(), columns.end(), "path");
    if (path == columns.end()) return paths;
    const auto position = static_cast<std::size_t>(path - columns.begin());
    while (rows.next()) {
      if (rows.cells().size() == columns.size()) paths.push_back(folder / rows.cells()[position]);
    }
  } catch (const Error& torn) {
    spdlog::debug("passed over: {}", torn.what());
  }
  return paths;
}

std::vector<fs::path> run_folders(const fs::path& folder) {
  if (is_run_folder(folder)) return {folder};
  auto paths = listed_folders(folder);
  std::vector<fs::path> missing;
  std::copy_if(paths.begin(), paths.end(), std::back_inserter(missing),
               [](const fs::path& path) { return !is_run_folder(path); });
  tell_missing(missing);
  for (const fs::path& other : entries_of(folder)) {
    if (std::find(paths.begin(), paths.end(), other) == paths.end()) paths.push_back(other);
  }
  std::erase_if(paths,
                [](const fs::path& path) { return !is_run_folder(path) || has_failed(path); });
  if (paths.empty()) throw nothing_finished(folder);
  return paths;
}

StoredRun read_stored_run(const fs::path& folder) {
  const auto json = read_run_json(folder);
  if (!json || (*json)["status"] == "failed") {
    throw Error(printable(folder.string()) + ": no finished run");
  }
  StoredRun run;
  run.folder = folder;
  run.experiment = (*json)["experiment"].get<std::string>();
  run.name = (*json)["run"].get<std::string>();
  const std::string here = tidy(fs::absolute(folder)).filename().string();
  if (here != run.name) {
    spdlog::warn("{}: holds the run '{}'", printable(folder.string()), printable(run.name));
  }
  run.status = (*json)["status"].get<std::string>();
  run.message = (*json)["message"].get<std::string>();
  run.fields = (*json)["fields"].get<std::vector<std::string>>();
  const Json settings = (*json)["configuration"].flatten();
  for (const auto& [pointer, value] : settings.items()) {
    run.settings.emplace_back(key_path(pointer),
                              value.is_string() ? value.get<std::string>() : value.dump());
  }
  const fs::path metrics = folder / "metrics.csv";
  run.curves = read_metrics(
      read_intact(metrics, (*json)["files"].value("metrics.csv", std::string())), metrics);
  for (const auto& [name, value] : (*json)["figures"].items()) {
    const auto figure = metrics_number(figure_text((*json)["figures"], name));
    if (figure) run.curves.figures[name] = *figure;
  }
  return run;
}

std::vector<StoredRun> read_runs(const std::vector<fs::path>& folders, Keep keep) {
  std::vector<StoredRun> runs;
  std::set<fs::path> given;
  for (const fs::path& folder : folders) {
    for (const fs::path& run_folder : run_folders(tidy(folder))) {
      if (!given.insert(fs::canonical(run_folder)).second) {
        throw Error(printable(run_folder.string()) + ": this run is given twice");
      }
      StoredRun& run = runs.emplace_back(read_stored_run(tidy(run_folder)));
      if (keep == Keep::kFigures) run.curves.values.assign(run.curves.names.size(), {});
    }
  }
  return runs;
}

}  // namespace nnrun
