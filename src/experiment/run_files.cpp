#include "experiment/run_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/error.h"
#include "base/npy.h"
#include "base/text.h"
#include "experiment/csv.h"
#include "experiment/summary.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// What is wrong with one line of a CSV file of numbers, or nothing.
std::string row_damage(const std::string& line, std::size_t row, std::size_t columns) {
  const auto cells = static_cast<std::size_t>(std::count(line.begin(), line.end(), ',')) + 1;
  if (cells != columns) {
    return fmt::format("row {} has {} cells, expected {}", row, cells, columns);
  }
  const std::string first = line.substr(0, line.find(','));
  if (first == std::to_string(row)) return {};
  return fmt::format("row {} begins with '{}'", row, printable(first));
}

/// What is wrong with a CSV file whose first column counts its rows from 0, or nothing.
std::string csv_damage(const fs::path& path, const std::vector<std::string>& header,
                       std::size_t rows) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return "missing or empty";  // a pipe would be waited for
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line)) return "missing or empty";
  if (line + "\n" != csv_line(header)) return "another header: " + printable(line);
  std::size_t row = 0;
  bool ended = true;
  while (std::getline(file, line)) {
    std::string damage = row_damage(line, row++, header.size());
    if (!damage.empty()) return damage;
    ended = !file.eof();
  }
  if (row != rows) return fmt::format("{} rows, expected {}", row, rows);
  return ended ? "" : "the last line is cut off";
}

std::string npy_damage(const fs::path& path, const Shape& shape) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return error.message();
  const std::string header = npy_header(shape);
  const std::size_t expected = header.size() + elements(shape) * sizeof(Scalar);
  if (size != expected) return fmt::format("{} bytes, expected {}", size, expected);
  std::string found(header.size(), '\0');
  std::ifstream(path, std::ios::binary)
      .read(found.data(), static_cast<std::streamsize>(found.size()));
  return found == header ? "" : "not an array of shape " + to_text(shape);
}

}  // namespace

std::vector<std::string> damages(const fs::path& folder, const Run& run, std::size_t final_epoch,
                                 bool tested) {
  std::vector<std::string> lines;
  const auto note = [&](const std::string& file, const std::string& damage) {
    if (!damage.empty()) lines.push_back(file + ": " + damage);
  };
  const std::size_t rows = final_epoch + 1;
  const auto metrics = metrics_header(run.experiment.model);
  note("metrics.csv", csv_damage(folder / "metrics.csv", metrics, rows));
  note("timing.csv", csv_damage(folder / "timing.csv", {"epoch", "seconds"}, rows));
  for (const NetworkParameter& parameter : run.experiment.model.network.parameters()) {
    const std::string name = "weights/" + parameter.name + ".npy";
    note(name, npy_damage(folder / name, parameter.declared.shape));
  }
  if (!tested) return lines;
  const auto header = confusion_header(run);
  const auto check = [&](const char* name, bool asked_for) {
    if (asked_for) note(name, csv_damage(folder / name, header, header.size() - 1));
  };
  check("confusion.csv",
        run.experiment.model.confusion_of_test && run.experiment.data.facts.test > 0);
  check("confusion_validation.csv", run.experiment.model.confusion_of_validation);
  return lines;
}

void check_writable(const fs::path& folder) {
  const std::string name = printable(folder.string());
  std::error_code error;
  const fs::file_status status = fs::symlink_status(folder, error);
  if (status.type() == fs::file_type::not_found) return;
  if (fs::is_symlink(status)) {
    throw Error(name +
                ": a symbolic link; nnrun writes into folders of its own only (the folder given "
                "with --results may be a link)");
  }
  if (!fs::is_directory(status)) throw Error(name + ": cannot create folder: a file stands there");
  if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    throw system_error("write", folder.string(), ExitStatus::kBadInput);
  }
}

void clear_run(const fs::path& folder) {
  // run.json first: without it the rest is unfinished, whatever happens next.
  for (const char* name : {"run.json", "metrics.csv", "timing.csv", "confusion.csv",
                           "confusion_validation.csv", "weights"}) {
    std::error_code error;
    fs::remove_all(folder / name, error);
    if (!error) continue;
    throw Error(
        fmt::format("{}: cannot remove: {}", printable((folder / name).string()), error.message()));
  }
}

std::vector<std::string> metrics_header(const Model& model) {
  std::vector<std::string> header = {"epoch", "learning_rate"};
  for (const std::string& column : record_columns(model)) header.push_back(column);
  return header;
}

std::vector<std::string> confusion_header(const Run& run) {
  const std::size_t classes =
      run.experiment.model.labels.classes(run.experiment.data.facts.classes);
  std::vector<std::string> header = {"true\\predicted"};
  for (std::size_t k = 0; k < classes; ++k) header.push_back(std::to_string(k));
  return header;
}

}  // namespace nnrun
