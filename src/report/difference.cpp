#include "report/difference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "experiment/run_json.h"
#include "report/compare.h"
#include "report/file_difference.h"
#include "report/mismatches.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Lines = std::vector<std::string>;

namespace {

constexpr std::size_t kMostNamed = 3;  ///< of many figures or settings: a few lines must do

/// The first few, and how many there are.
std::string some(const Lines& parts) {
  const Lines first(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(
                                                       std::min(parts.size(), kMostNamed)));
  const std::size_t left = parts.size() - first.size();
  return fmt::format("{}{}", fmt::join(first, "; "),
                     left > 0 ? fmt::format("; and {} more", left) : "");
}

std::string pair_text(const std::string& name, const std::string& a, const std::string& b) {
  const auto shown = [](const std::string& text) { return text.empty() ? "nothing" : text; };
  return printable(fmt::format("{} {} | {}", name, shown(a), shown(b)));
}

void add_settings(Lines& lines, const StoredRun& a, const StoredRun& b) {
  Lines parts;
  for (const std::string& path : differing_settings({a, b})) {
    parts.push_back(pair_text(path, setting(a, path), setting(b, path)));
  }
  if (!parts.empty()) lines.push_back("settings: " + some(parts));
}

/// A text of run.json; empty where there is none.
std::string text_of(const Json& json, const char* key) {
  const bool has = json.is_object() && json.contains(key) && json[key].is_string();
  return has ? json[key].get<std::string>() : std::string();
}

void add_data(Lines& lines, const Json& a, const Json& b) {
  Lines parts;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const Json& left = i < a.size() ? a[i] : Json();
    const Json& right = i < b.size() ? b[i] : Json();
    if (text_of(left, "sha256") == text_of(right, "sha256")) continue;
    parts.push_back(pair_text("", text_of(left, "path"), text_of(right, "path")).substr(1));
  }
  if (!parts.empty()) lines.push_back("data of other bytes: " + some(parts));
}

std::string status_text(const StoredRun& run) {
  return run.message.empty() ? run.status : run.message;
}

std::string figure(const StoredRun& run, const std::string& name) {
  const auto found = run.curves.figures.find(name);
  return found == run.curves.figures.end() ? std::string() : shortest(found->second);
}

void add_figures(Lines& lines, const StoredRun& a, const StoredRun& b) {
  std::set<std::string> names;
  for (const StoredRun* run : {&a, &b}) {
    for (const auto& [name, value] : run->curves.figures) names.insert(name);
  }
  Lines parts;
  for (const std::string& name : names) {
    const std::string left = figure(a, name);
    const std::string right = figure(b, name);
    if (left != right) parts.push_back(pair_text(name, left, right));
  }
  if (parts.empty()) return;
  lines.push_back(
      fmt::format("figures: {} of {} differ: {}", parts.size(), names.size(), some(parts)));
}

/// Why results may differ though nothing that was configured does.
void add_program(Lines& lines, const Json& a, const Json& b) {
  Lines parts;
  for (const char* key : {"version", "commit", "compiler", "blas", "blas_kernel", "kernel"}) {
    const std::string left = text_of(a, key);
    const std::string right = text_of(b, key);
    if (left != right) parts.push_back(pair_text(key, left, right));
  }
  if (!parts.empty())
    lines.push_back(fmt::format("computed by another program: {}", fmt::join(parts, "; ")));
}

Json part(const Json& json, const char* key) { return json.contains(key) ? json[key] : Json(); }

/// How two runs compare.
struct RunDifference {
  Lines lines;  ///< none when they are the same
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t files = 0;
};

void append(Lines& lines, const Lines& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

RunDifference run_difference(const fs::path& a, const fs::path& b) {
  const StoredRun left = read_stored_run(a);
  const StoredRun right = read_stored_run(b);
  const Json left_json = *read_run_json(a);
  const Json right_json = *read_run_json(b);
  RunDifference found;
  add_settings(found.lines, left, right);
  add_data(found.lines, part(left_json, "data"), part(right_json, "data"));
  if (status_text(left) != status_text(right)) {
    found.lines.push_back(pair_text("status:", status_text(left), status_text(right)));
  }
  const FileDifference metrics = metrics_difference(a, b);
  const FileDifference weights = weights_difference(a, b);
  append(found.lines, metrics.lines);
  append(found.lines, weights.lines);
  append(found.lines, confusion_difference(a, b).lines);
  add_figures(found.lines, left, right);
  if (!found.lines.empty()) {
    add_program(found.lines, part(left_json, "program"), part(right_json, "program"));
  }
  found.rows = metrics.rows;
  found.columns = metrics.columns;
  found.files = weights.files;
  return found;
}

std::string same_text(const RunDifference& found) {
  return fmt::format("the same: {}, {}, {}", counted(found.rows, "row"),
                     counted(found.columns, "column"), counted(found.files, "weight file"));
}

Difference two_runs(const fs::path& a, const fs::path& b) {
  const RunDifference found = run_difference(a, b);
  if (found.lines.empty()) return {true, same_text(found) + "\n"};
  return {false, fmt::format("differ: {} | {}\n  {}\n", printable(a.string()),
                             printable(b.string()), fmt::join(found.lines, "\n  "))};
}

/// The runs of two experiments as they are paired, and what came out.
class Pairs {
 public:
  void add(const std::string& name, const RunDifference& found) {
    ++runs_;
    rows_ += found.rows;
    files_ += found.files;
    if (found.lines.empty()) {
      ++same_;
      text_ += fmt::format("{}: {}\n", printable(name), same_text(found));
    } else {
      text_ += fmt::format("{}: differ\n  {}\n", printable(name), fmt::join(found.lines, "\n  "));
    }
  }
  void add_alone(const std::string& name, const char* side) {
    ++runs_;
    text_ += fmt::format("{}: only in {}\n", printable(name), side);
  }

  Difference take(const fs::path& a, const fs::path& b) const {
    if (same_ == runs_) {
      return {true, fmt::format("the same: {}, {}, {}\n", counted(runs_, "run"),
                                counted(rows_, "row"), counted(files_, "weight file"))};
    }
    return {false, fmt::format("differ: {} | {}, {} of {} the same\n{}", printable(a.string()),
                               printable(b.string()), same_, counted(runs_, "run"), text_)};
  }

 private:
  std::size_t runs_ = 0;
  std::size_t same_ = 0;
  std::size_t rows_ = 0;
  std::size_t files_ = 0;
  std::string text_;
};

Difference two_experiments(const fs::path& a, const std::vector<fs::path>& left, const fs::path& b,
                           const std::vector<fs::path>& right) {
  Pairs pairs;
  const auto has = [](const std::vector<fs::path>& folders, const fs::path& folder) {
    return std::find(folders.begin(), folders.end(), folder) != folders.end();
  };
  for (const fs::path& folder : left) {
    const fs::path name = folder.lexically_relative(a);
    if (has(right, b / name)) {
      pairs.add(name.string(), run_difference(folder, b / name));
    } else {
      pairs.add_alone(name.string(), "A");
    }
  }
  for (const fs::path& folder : right) {
    const fs::path name = folder.lexically_relative(b);
    if (!has(left, a / name)) pairs.add_alone(name.string(), "B");
  }
  return pairs.take(a, b);
}

}  // namespace

Difference difference(const fs::path& a, const fs::path& b) {
  const auto left = run_folders(a);
  const auto right = run_folders(b);
  std::error_code error;
  if (fs::equivalent(a, b, error)) {
    throw Error(fmt::format("{} and {}: the same folder; nothing to compare", printable(a.string()),
                            printable(b.string())));
  }
  const bool left_is_run = left == std::vector{a};
  const bool right_is_run = right == std::vector{b};
  if (left_is_run && right_is_run) return two_runs(a, b);
  if (!left_is_run && !right_is_run) return two_experiments(a, left, b, right);
  throw Error(fmt::format(
      "{}: a run's folder, but {} is an experiment's; give two runs or two "
      "experiments",
      printable((left_is_run ? a : b).string()), printable((left_is_run ? b : a).string())));
}

}  // namespace nnrun
