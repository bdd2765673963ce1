#include "experiment/metrics_csv.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/text.h"
#include "experiment/csv.h"
#include "experiment/damage.h"
#include "experiment/summary.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

class MetricsReader {
 public:
  MetricsReader(const std::string& text, const fs::path& path) : left_(text), path_(path) {}

  Curves read() {
    Curves curves;
    const auto header = next_line();
    if (!header) fail("missing or empty");
    const auto names = split_csv(*header);
    curves.names.assign(names.begin(), names.end());
    curves.values.resize(names.size());
    while (const auto line = next_line()) add(split_csv(*line), curves);
    // A row is its epoch: the column says nothing more.
    curves.names.erase(curves.names.begin());
    curves.values.erase(curves.values.begin());
    return curves;
  }

 private:
  std::optional<std::string_view> next_line() {
    if (left_.empty()) return std::nullopt;
    ++line_;
    const std::size_t end = left_.find('\n');
    if (end == std::string_view::npos) fail("the last line is cut off");
    const std::string_view line = left_.substr(0, end);
    left_.remove_prefix(end + 1);
    return line;
  }

  void add(const std::vector<std::string_view>& cells, Curves& curves) const {
    if (cells.size() != curves.names.size()) {
      fail(fmt::format("{} cells, expected {}", cells.size(), curves.names.size()));
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto value = metrics_number(cells[c]);
      if (!value) {
        fail(fmt::format("{}: expected a number, got '{}'", printable(curves.names[c]),
                         printable(cells[c])));
      }
      curves.values[c].push_back(*value);
    }
    if (curves.values[0].back() != static_cast<double>(line_ - 2)) {
      fail(fmt::format("expected epoch {}, got '{}'", line_ - 2, printable(cells[0])));
    }
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Damage(fmt::format("{}:{}: {}; train the run anew with --retry damaged",
                             printable(path_.string()), line_, what));
  }

  std::string_view left_;
  const fs::path& path_;
  std::size_t line_ = 0;
};

}  // namespace

std::vector<std::string> metrics_header(const Model& model) {
  std::vector<std::string> header = {"epoch", "learning_rate"};
  for (const std::string& column : record_columns(model)) header.push_back(column);
  return header;
}

std::string metrics_line(const Model& model, const EpochRecord& record) {
  std::vector<std::string> cells = {std::to_string(record.epoch), shortest(record.learning_rate)};
  for (const auto& value : record_values(model, record)) {
    cells.push_back(value ? shortest(*value) : std::string());
  }
  return csv_line(cells);
}

std::optional<double> metrics_number(std::string_view text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (text.empty() || text == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (text == "inf") return kInfinity;
  if (text == "-inf") return -kInfinity;
  return parse_real(text);
}

Curves read_metrics(const std::string& text, const fs::path& path) {
  return MetricsReader(text, path).read();
}

std::vector<EpochRecord> read_records(const std::string& text, const fs::path& path,
                                      const Model& model) {
  const Curves curves = read_metrics(text, path);
  auto header = metrics_header(model);
  header.erase(header.begin());
  if (curves.names != header) {
    throw Damage(printable(path.string()) + ": has other columns than this experiment");
  }
  const std::size_t measures = model.measures().size();
  std::vector<EpochRecord> records(curves.values.front().size());
  for (std::size_t epoch = 0; epoch < records.size(); ++epoch) {
    EpochRecord& record = records[epoch];
    record.epoch = epoch;
    record.learning_rate = curves.values[0][epoch];
    for (std::size_t i = 0; i < measures; ++i) {
      record.train.push_back(curves.values[1 + i][epoch]);
      record.validation.push_back(curves.values[1 + measures + i][epoch]);
    }
    // A row without validation samples has no validation loss, which no other row lacks.
    if (std::isnan(record.validation.front())) record.validation.clear();
  }
  return records;
}

}  // namespace nnrun
