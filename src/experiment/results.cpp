#include "experiment/results.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>

#include "base/npy.h"
#include "base/text.h"
#include "config/json.h"
#include "experiment/csv.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/// JSON has no NaN: what is not finite becomes text. An epoch is written without a point.
Json number(double value) {
  if (!std::isfinite(value)) return shortest(value);
  const auto whole = parse_integer(shortest(value));
  return whole ? Json(*whole) : Json(value);
}

Json figures_json(const Figures& figures) {
  Json json = Json::object();
  for (const auto& [name, value] : figures) json[name] = number(value);
  return json;
}

std::string message(const Outcome& outcome) {
  if (!outcome.diverged) return {};
  return fmt::format("diverged at epoch {}: {} went non-finite first", outcome.last_epoch,
                     outcome.first_non_finite);
}

}  // namespace

void clear_run(const fs::path& folder) {
  // run.json first: without it the rest is unfinished, whatever happens next.
  for (const char* name : {"run.json", "metrics.csv", "timing.csv", "confusion.csv", "weights"}) {
    std::error_code error;
    fs::remove_all(folder / name, error);
    if (error) {
      throw Error(fmt::format("{}: cannot remove: {}", printable((folder / name).string()),
                              error.message()),
                  ExitStatus::kRunFailed);
    }
  }
}

RunWriter::RunWriter(fs::path folder, const Run& run, const Provenance& provenance)
    : folder_(std::move(folder)),
      run_(run),
      provenance_(provenance),
      metrics_(folder_ / "metrics.csv"),
      timing_(csv_line({"epoch", "seconds"})),
      started_(now_utc()) {
  std::vector<std::string> header = {"epoch", "learning_rate"};
  for (const std::string& column : record_columns(run.experiment.model)) header.push_back(column);
  metrics_.append(csv_line(header));
}

void RunWriter::record(const EpochRecord& record) {
  std::vector<std::string> cells = {std::to_string(record.epoch), shortest(record.learning_rate)};
  for (const auto& value : record_values(run_.experiment.model, record)) {
    cells.push_back(value ? shortest(*value) : std::string());
  }
  metrics_.append(csv_line(cells));
  timing_ += csv_line({std::to_string(record.epoch), shortest(record.seconds)});
  records_.push_back(record);
}

void RunWriter::finish(const Outcome& outcome, const std::vector<SourceFile>& files) {
  metrics_.finish();
  write_file(folder_ / "timing.csv", timing_);
  write_weights(outcome);
  if (!outcome.confusion.empty()) write_confusion(outcome);
  write_run_json(outcome, files);
}

void RunWriter::write_weights(const Outcome& outcome) const {
  const Network& network = run_.experiment.model.network;
  for (const NetworkParameter& parameter : network.parameters()) {
    write_file(
        folder_ / "weights" / (parameter.name + ".npy"),
        npy_bytes(parameter.declared.shape, Network::documented(parameter, outcome.parameters)));
  }
}

void RunWriter::write_confusion(const Outcome& outcome) const {
  const std::size_t classes =
      run_.experiment.model.labels.classes(run_.experiment.data.facts.classes);
  std::vector<std::string> header = {"true\\predicted"};
  for (std::size_t k = 0; k < classes; ++k) header.push_back(std::to_string(k));
  std::string text = csv_line(header);
  for (std::size_t row = 0; row < classes; ++row) {
    std::vector<std::string> cells = {std::to_string(row)};
    for (std::size_t k = 0; k < classes; ++k) {
      cells.push_back(std::to_string(outcome.confusion[row * classes + k]));
    }
    text += csv_line(cells);
  }
  write_file(folder_ / "confusion.csv", text);
}

void RunWriter::write_run_json(const Outcome& outcome, const std::vector<SourceFile>& files) const {
  Json json;
  json["experiment"] = run_.experiment.name;
  json["run"] = run_.folder;
  json["status"] = outcome.diverged ? "diverged" : "completed";
  json["message"] = message(outcome);
  json["fields"] = Json::array();
  for (const SweptField& field : run_.fields) json["fields"].push_back(field.path);
  json["seed"] = run_.experiment.seed;
  json["parameters"] = run_.experiment.model.network.parameter_count();
  json["figures"] = figures_json(figures(run_.experiment.model, records_, outcome));
  json["started"] = started_;
  json["finished"] = now_utc();
  json["configuration"] = to_json(run_.resolved);
  for (const SourceFile& file : files) {
    json["data"].push_back({{"path", file.path}, {"sha256", file.sha256}});
  }
  json["program"] = {{"version", provenance_.version},
                     {"commit", provenance_.commit},
                     {"compiler", provenance_.compiler},
                     {"blas", provenance_.blas},
                     {"kernel", provenance_.kernel}};
  json["machine"] = {{"host", provenance_.host}, {"threads", provenance_.threads}};
  write_file(folder_ / "run.json", json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::vector<RunRow> run_rows(const fs::path& folder, const Sweep& sweep) {
  std::vector<RunRow> rows;
  for (const Run& run : sweep.runs) {
    RunState state = run_state(folder, run);
    const bool finished = state.kind == RunState::Kind::kFinished;
    if (!finished) state = {};  // another configuration's figures
    RunRow row{run.folder, {}, run.experiment.seed, state.status, state.message, state.figures};
    for (const std::string& field : sweep.fields) row.fields.push_back(run.value(field));
    row.figures.resize(figure_columns(run.experiment.model).size());
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace nnrun
