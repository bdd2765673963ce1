// metrics.csv: a row for each epoch, written while a run trains and read back.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/curves.h"
#include "train/model.h"
#include "train/trainer.h"

namespace nnrun {

/// The header of metrics.csv.
std::vector<std::string> metrics_header(const Model& model);

/// A row, as a line.
std::string metrics_line(const Model& model, const EpochRecord& record);

/// A number as nnrun writes it: shortest(), or nothing, which is NaN. No value when it is neither.
std::optional<double> metrics_number(std::string_view text);

/// The columns of a file's text, but for the first one, which counts the rows. Throws Damage that names
/// the place of what nnrun would not write.
Curves read_metrics(const std::string& text, const std::filesystem::path& path);

/// The rows again. Throws Damage when the columns are not those of the model.
std::vector<EpochRecord> read_records(const std::string& text, const std::filesystem::path& path,
                                      const Model& model);

}  // namespace nnrun
