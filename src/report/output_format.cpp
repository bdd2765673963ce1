#include "report/output_format.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "experiment/csv.h"
#include "report/markdown.h"
#include "report/table_text.h"

namespace nnrun {

namespace {

using Json = nlohmann::ordered_json;

std::string csv(const OutputTable& output) {
  std::string text = csv_line(whole_names(output));
  for (const auto& row : output.rows) text += csv_line(row);
  return text;
}

Json json_cell(const OutputColumn& column, const std::string& cell) {
  if (cell.empty()) return nullptr;
  const auto real = parse_real(cell);
  if (!column.numbers || !real) return cell;
  Json written = Json::parse(cell, nullptr, false);
  return written.is_discarded() ? Json(*real) : written;  // ".5" is no number of JSON
}

std::string json(const OutputTable& output) {
  Json all = Json::array();
  for (const auto& row : output.rows) {
    Json& object = all.emplace_back(Json::object());
    for (std::size_t c = 0; c < row.size(); ++c) {
      object[output.columns[c].whole_name()] = json_cell(output.columns[c], row[c]);
    }
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string markdown(const OutputTable& output) {
  std::vector<bool> numbers;
  for (const OutputColumn& column : output.columns) numbers.push_back(column.numbers);
  std::string text = markdown_header(whole_names(output), numbers);
  for (const auto& row : output.rows) text += markdown_row(row);
  return text;
}

}  // namespace

const std::vector<std::string>& output_format_names() {
  static const std::vector<std::string> kNames = {"table", "csv", "json", "markdown"};
  return kNames;
}

OutputFormat output_format(const std::string& name) {
  if (name == "csv") return OutputFormat::kCsv;
  if (name == "json") return OutputFormat::kJson;
  return name == "markdown" ? OutputFormat::kMarkdown : OutputFormat::kTable;
}

std::string to_text(const OutputTable& output, OutputFormat format) {
  switch (format) {
    case OutputFormat::kCsv: return csv(output);
    case OutputFormat::kJson: return json(output);
    case OutputFormat::kMarkdown: return markdown(output);
    case OutputFormat::kTable: break;
  }
  return table_text(output);
}

}  // namespace nnrun
