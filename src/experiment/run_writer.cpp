#include "experiment/run_writer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/npy.h"
#include "base/text.h"
#include "base/time.h"
#include "experiment/csv.h"
#include "experiment/metrics_csv.h"
#include "experiment/remark.h"
#include "experiment/run_files.h"
#include "experiment/run_json.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// JSON has no NaN: what is not finite becomes text. An epoch is written without a point.
Json number(double value) {
  if (!std::isfinite(value)) return shortest(value);
  const auto whole = parse_integer(shortest(value));
  return whole ? Json(*whole) : Json(value);
}

const char* status_of(const Outcome& outcome) {
  if (outcome.diverged) return "diverged";
  return outcome.paused || !outcome.stopped.empty() ? "stopped_early" : "completed";
}

Json figures_json(const Figures& figures) {
  Json json = Json::object();
  for (const auto& [name, value] : figures) json[name] = number(value);
  return json;
}

}  // namespace

RunWriter::RunWriter(fs::path folder, const Run& run, const Provenance& provenance,
                     const std::vector<SourceFile>& data, const StoredCheckpoint* checkpoint)
    : folder_(std::move(folder)),
      run_(run),
      provenance_(provenance),
      facts_(checkpoint == nullptr ? run_facts(run, data, provenance) : checkpoint->head().facts),
      metrics_(checkpoint == nullptr
                   ? GrowingFile(folder_ / "metrics.csv")
                   : GrowingFile(folder_ / "metrics.csv", checkpoint->head().metrics_size)) {
  if (checkpoint != nullptr) {
    go_on(*checkpoint);
    return;
  }
  const std::string header = csv_line(metrics_header(run.experiment.model));
  metrics_.append(header);
  metrics_digest_.add(header);
  sync_folder(folder_, ExitStatus::kRunFailed);
}

void RunWriter::go_on(const StoredCheckpoint& checkpoint) {
  const Checkpoint& head = checkpoint.head();
  const std::string text = metrics_until(folder_, head);
  metrics_digest_.add(text);
  records_ = read_records(text, folder_ / "metrics.csv", run_.experiment.model);
  for (std::size_t i = 0; i < records_.size(); ++i) records_[i].seconds = head.seconds.at(i);
  facts_["program"] = program_json(provenance_);
}

void RunWriter::record(const EpochRecord& record) {
  const std::string line = metrics_line(run_.experiment.model, record);
  metrics_.append(line);
  metrics_digest_.add(line);
  records_.push_back(record);
}

void RunWriter::save(const Position& position, const RunMemory& memory) {
  metrics_.sync();
  Checkpoint checkpoint{facts_, position, metrics_.size(), metrics_digest_.hex(), {}};
  for (const EpochRecord& record : records_) checkpoint.seconds.push_back(record.seconds);
  write_checkpoint(folder_, checkpoint, memory);
}

void RunWriter::finish(const Outcome& outcome) {
  metrics_.finish();
  files_["metrics.csv"] = metrics_digest_.hex();
  std::string timing = csv_line({"epoch", "seconds"});
  for (const EpochRecord& record : records_) {
    timing += csv_line({std::to_string(record.epoch), shortest(record.seconds)});
  }
  write("timing.csv", timing);
  write_weights("weights", outcome.parameters);
  if (outcome.best_weights_epoch) write_weights("weights_best", outcome.best_parameters);
  write_confusion("confusion.csv", outcome.confusion);
  write_confusion("confusion_validation.csv", outcome.validation_confusion);
  const Model& model = run_.experiment.model;
  if (outcome.paused) facts_["paused_at"] = outcome.last_epoch;
  write_run_json(status_of(outcome), ending(run_.experiment, records_, outcome),
                 figures_json(figures(model, records_, outcome)));
}

void RunWriter::fail(const std::string& why) { write_run_json("failed", why, Json::object()); }

void RunWriter::write(const std::string& name, const std::string& content) {
  write_file(folder_ / name, content);
  files_[name] = sha256(content);
}

void RunWriter::write_weights(const std::string& below, const std::vector<Scalar>& values) {
  const auto& parameters = run_.experiment.model.network.parameters();
  if (!parameters.empty()) add_folder(folder_ / below, ExitStatus::kRunFailed);
  for (const NetworkParameter& parameter : parameters) {
    write(below + "/" + parameter.name + ".npy",
          npy_bytes(parameter.declared.shape, Network::documented(parameter, values)));
  }
}

void RunWriter::write_confusion(const std::string& name,
                                const std::vector<std::uint64_t>& confusion) {
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
  write(name, text);
}

void RunWriter::write_run_json(const std::string& status, const std::string& message,
                               const Json& figures) {
  Json json;
  for (const char* key : {"experiment", "run"}) json[key] = facts_[key];
  json["status"] = status;
  json["message"] = message;
  if (facts_.contains("paused_at")) json["paused_at"] = facts_["paused_at"];
  for (const char* key : {"fields", "seed"}) json[key] = facts_[key];
  json["sample"] = run_.experiment.data.facts.sample;
  json["parameters"] = run_.experiment.model.network.parameter_count();
  json["figures"] = figures;
  json["started"] = facts_["started"];
  json["finished"] = now_utc();
  for (const char* key : {"configuration", "data", "program"}) json[key] = facts_[key];
  json["machine"] = {{"host", provenance_.host}, {"threads", provenance_.threads}};
  json["warnings"] = facts_["warnings"];
  json["files"] = files_;
  write_file(folder_ / "run.json", run_json_text(json));
}

}  // namespace nnrun
