#include "experiment/run_writer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>

#include "base/npy.h"
#include "base/text.h"
#include "experiment/csv.h"
#include "experiment/run_files.h"

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

}  // namespace

RunWriter::RunWriter(fs::path folder, const Run& run, const Provenance& provenance)
    : folder_(std::move(folder)),
      run_(run),
      provenance_(provenance),
      metrics_(folder_ / "metrics.csv"),
      timing_(csv_line({"epoch", "seconds"})),
      started_(now_utc()) {
  metrics_.append(csv_line(metrics_header(run.experiment.model)));
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
  write_confusion("confusion.csv", outcome.confusion);
  write_confusion("confusion_validation.csv", outcome.validation_confusion);
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

void RunWriter::write_confusion(const std::string& name,
                                const std::vector<std::uint64_t>& confusion) const {
  if (confusion.empty()) return;
  const auto header = confusion_header(run_);
  const std::size_t classes = header.size() - 1;
  std::string text = csv_line(header);
  for (std::size_t row = 0; row < classes; ++row) {
    std::vector<std::string> cells = {std::to_string(row)};
    for (std::size_t k = 0; k < classes; ++k) {
      cells.push_back(std::to_string(confusion[row * classes + k]));
    }
    text += csv_line(cells);
  }
  write_file(folder_ / name, text);
}

void RunWriter::write_run_json(const Outcome& outcome, const std::vector<SourceFile>& files) const {
  Json json;
  json["experiment"] = run_.experiment.name;
  json["run"] = run_.folder;
  json["status"] = outcome.diverged ? "diverged" : "completed";
  json["message"] = divergence(outcome);
  json["fields"] = Json::array();
  for (const SweptField& field : run_.fields) json["fields"].push_back(field.path);
  json["seed"] = run_.experiment.seed;
  json["parameters"] = run_.experiment.model.network.parameter_count();
  json["figures"] = figures_json(figures(run_.experiment.model, records_, outcome));
  json["started"] = started_;
  json["finished"] = now_utc();
  json["configuration"] = Json::parse(run_.configuration);
  json["data"] = Json::array();
  for (const SourceFile& file : files) {
    json["data"].push_back({{"path", file.path}, {"sha256", file.sha256}});
  }
  json["program"] = {{"version", provenance_.version},         {"commit", provenance_.commit},
                     {"compiler", provenance_.compiler},       {"blas", provenance_.blas},
                     {"blas_kernel", provenance_.blas_kernel}, {"kernel", provenance_.kernel}};
  json["machine"] = {{"host", provenance_.host}, {"threads", provenance_.threads}};
  write_file(folder_ / "run.json", json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace nnrun
