// The words beside curves: what tells runs apart, and what an axis measures in which unit.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/stored_run.h"

namespace nnrun {

/// One swept field in a run's folder name: "network.0.dense.units=64".
struct FieldText {
  std::string path;
  std::string value;
};

/// The fields in a run's folder name, in its order; no value contains a comma or an equals sign.
std::vector<FieldText> fields_of(const StoredRun& run);

/// A run's fields without those that are `left_out`: "batch_size=32,units=64"; the same text for runs that differ in no
/// other.
std::string fields_but(const StoredRun& run,
                       const std::function<bool(std::string_view path)>& left_out);

/// What tells each run from the others: "learning rate 0.3", "batch size 128, units 64"; with the
/// experiment's name before it when there are several. Fields in which no two of them differ are left
/// out, unless there is one run only. A run that diverged says so. A single run
/// that swept nothing has no label.
std::vector<std::string> run_labels(const std::vector<StoredRun>& runs);

/// "loss (cross_entropy, nats per sample)", "accuracy (share of samples)". Without what the runs do
/// not agree in.
std::string axis_label(const std::string& metric, const std::vector<StoredRun>& runs);

/// "final_validation" as a person writes it.
std::string spoken_name(std::string name);

}  // namespace nnrun
