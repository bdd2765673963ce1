#include "experiment/summary.h"

#include <algorithm>
#include <cmath>

#include "core/convergence.h"

namespace nnrun {

namespace {

bool validates(const std::vector<EpochRecord>& records) {
  return !records.empty() && !records.front().validation.empty();
}

/// The values that runs are judged by: on validation samples where there are any.
const std::vector<double>& judged(const EpochRecord& record) {
  return record.validation.empty() ? record.train : record.validation;
}

/// The earliest record with the best finite value of a measure, or null.
const EpochRecord* best(const Model& model, const std::vector<EpochRecord>& records,
                        std::size_t measure) {
  const EpochRecord* found = nullptr;
  for (const EpochRecord& record : records) {
    const double value = judged(record)[measure];
    if (!std::isfinite(value)) continue;
    const bool up = model.higher_is_better(measure);
    const bool better = found == nullptr ||
                        (up ? value > judged(*found)[measure] : value < judged(*found)[measure]);
    if (better) found = &record;
  }
  return found;
}

}  // namespace

std::vector<std::string> record_columns(const Model& model) {
  std::vector<std::string> columns;
  for (const char* part : {"train_", "validation_"}) {
    for (const std::string& name : model.measures()) columns.push_back(part + name);
  }
  return columns;
}

std::vector<std::optional<double>> record_values(const Model& model, const EpochRecord& record) {
  const std::size_t count = model.measures().size();
  std::vector<std::optional<double>> values;
  for (const auto* part : {&record.train, &record.validation}) {
    for (std::size_t i = 0; i < count; ++i) {
      const bool known = !part->empty() && !(std::isnan((*part)[i]) && model.may_be_undefined(i));
      values.push_back(known ? std::optional((*part)[i]) : std::nullopt);
    }
  }
  return values;
}

std::vector<std::string> figure_columns(const Model& model) {
  std::vector<std::string> columns = {"final_epoch"};
  if (model.stop.restores_best()) columns.emplace_back("weights_epoch");
  if (model.keep_best) columns.emplace_back("best_weights_epoch");
  for (const std::string& column : record_columns(model)) columns.push_back("final_" + column);
  for (const std::string& name : model.measures()) {
    columns.push_back("best_validation_" + name);
    columns.push_back("best_validation_" + name + "_epoch");
  }
  for (const std::string& name : model.measures()) columns.push_back("test_" + name);
  columns.emplace_back("convergence_epoch");
  return columns;
}

Figures figures(const Model& model, const std::vector<EpochRecord>& records,
                const Outcome& outcome) {
  Figures all = {{"final_epoch", static_cast<double>(outcome.last_epoch)}};
  const auto add_epoch = [&](const char* name, const std::optional<std::size_t>& epoch) {
    if (epoch) all.emplace_back(name, static_cast<double>(*epoch));
  };
  add_epoch("weights_epoch", outcome.weights_epoch);
  add_epoch("best_weights_epoch", outcome.best_weights_epoch);
  const auto columns = record_columns(model);
  const auto last = record_values(model, records.back());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (last[i]) all.emplace_back("final_" + columns[i], *last[i]);
  }
  const auto names = model.measures();
  for (std::size_t i = 0; i < names.size() && validates(records); ++i) {
    const EpochRecord* record = best(model, records, i);
    if (record == nullptr) continue;
    all.emplace_back("best_validation_" + names[i], judged(*record)[i]);
    all.emplace_back("best_validation_" + names[i] + "_epoch", static_cast<double>(record->epoch));
  }
  for (std::size_t i = 0; i < outcome.test.size(); ++i) {
    if (std::isnan(outcome.test[i]) && model.may_be_undefined(i)) continue;
    all.emplace_back("test_" + names[i], outcome.test[i]);
  }
  if (const auto epoch = convergence_epoch(records); epoch && !outcome.diverged) {
    all.emplace_back("convergence_epoch", static_cast<double>(*epoch));
  }
  return all;
}

std::optional<std::size_t> convergence_epoch(const std::vector<EpochRecord>& records) {
  std::vector<double> losses;
  for (const EpochRecord& record : records) losses.push_back(judged(record)[0]);
  return convergence_epoch(losses);
}

}  // namespace nnrun
