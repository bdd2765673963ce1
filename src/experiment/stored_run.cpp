#include "experiment/stored_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "experiment/csv.h"
#include "experiment/run_json.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// A number as nnrun writes it: shortest(), or nothing.
std::optional<double> number(std::string_view text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (text.empty() || text == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (text == "inf") return kInfinity;
  if (text == "-inf") return -kInfinity;
  return parse_real(text);
}

/// Reads metrics.csv, line by line; what is wrong is told with its place.
class MetricsReader {
 public:
  explicit MetricsReader(const fs::path& path) : path_(path) {
    std::error_code error;
    if (fs::is_regular_file(path, error)) lines_.open(path);  // a pipe would be waited for
  }

  void read(Curves& curves) {
    std::string line;
    if (!std::getline(lines_, line)) {
      throw Error(printable(path_.string()) +
                  ": missing or empty; train the run anew with --fresh");
    }
    const auto header = split_csv(line);
    curves.names.assign(header.begin(), header.end());
    curves.values.resize(header.size());
    while (std::getline(lines_, line)) {
      ++line_;
      add(split_csv(line), curves);
    }
    const std::size_t rows = curves.values.front().size();
    const double last = curves.figures.at("final_epoch");
    if (static_cast<double>(rows) != last + 1) {
      throw Error(fmt::format("{}: {} rows, expected {}; train the run anew with --fresh",
                              printable(path_.string()), rows, last + 1));
    }
    // A row is its epoch: the column says nothing more.
    curves.names.erase(curves.names.begin());
    curves.values.erase(curves.values.begin());
  }

 private:
  void add(const std::vector<std::string_view>& cells, Curves& curves) const {
    if (cells.size() != curves.names.size()) {
      fail(fmt::format("{} cells, expected {}", cells.size(), curves.names.size()));
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto value = number(cells[c]);
      if (!value)
        fail(fmt::format("{}: expected a number, got '{}'", printable(curves.names[c]),
                         printable(cells[c])));
      curves.values[c].push_back(*value);
    }
    if (curves.values[0].back() != static_cast<double>(line_ - 2)) {
      fail(fmt::format("expected epoch {}, got '{}'", line_ - 2, printable(cells[0])));
    }
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(fmt::format("{}:{}: {}; train the run anew with --fresh", printable(path_.string()),
                            line_, what));
  }

  const fs::path& path_;
  std::ifstream lines_;
  std::size_t line_ = 1;
};

bool is_run_folder(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / "run.json", error);
}

/// The paths that a runs.csv lists, in its order.
std::vector<fs::path> listed(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  if (!fs::is_regular_file(folder / "runs.csv", error)) return paths;
  std::ifstream lines(folder / "runs.csv");
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) paths.push_back(folder / csv_cells(line).front());
  return paths;
}

std::vector<fs::path> subfolders(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder, error)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// Without a slash at its end, so that its parent is its parent.
fs::path tidy(const fs::path& folder) {
  const fs::path normal = folder.lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

}  // namespace

std::vector<fs::path> run_folders(const fs::path& folder) {
  if (is_run_folder(folder)) return {folder};
  auto paths = listed(folder);
  for (const fs::path& other : subfolders(folder)) {
    if (std::find(paths.begin(), paths.end(), other) == paths.end()) paths.push_back(other);
  }
  std::erase_if(paths, [](const fs::path& path) { return !is_run_folder(path); });
  if (paths.empty()) {
    std::error_code error;
    throw Error(fmt::format(
        "{}: {}", printable(folder.string()),
        fs::exists(folder, error) ? "no finished runs in this folder" : "no such folder"));
  }
  return paths;
}

StoredRun read_stored_run(const fs::path& folder) {
  const auto json = read_run_json(folder);
  if (!json) throw Error(printable(folder.string()) + ": no finished run");
  StoredRun run;
  run.folder = folder;
  run.experiment = (*json)["experiment"].get<std::string>();
  run.name = (*json)["run"].get<std::string>();
  run.status = (*json)["status"].get<std::string>();
  run.message = (*json)["message"].get<std::string>();
  run.fields = (*json)["fields"].get<std::vector<std::string>>();
  const Json settings = (*json)["configuration"].flatten();
  for (const auto& [pointer, value] : settings.items()) {
    run.settings.emplace_back(key_path(pointer),
                              value.is_string() ? value.get<std::string>() : value.dump());
  }
  for (const auto& [name, value] : (*json)["figures"].items()) {
    const auto figure = number(figure_text((*json)["figures"], name));
    if (figure) run.curves.figures[name] = *figure;
  }
  const fs::path metrics = folder / "metrics.csv";
  MetricsReader(metrics).read(run.curves);
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
      StoredRun& run = runs.emplace_back(read_stored_run(run_folder));
      if (keep == Keep::kFigures) run.curves.values.assign(run.curves.names.size(), {});
    }
  }
  return runs;
}

}  // namespace nnrun
