#include "report/html_claims.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "core/csv_table.h"
#include "experiment/run_files.h"
#include "report/html_text.h"

namespace nnrun {

namespace {

/// A row by the names of its columns.
using Row = std::map<std::string, std::string>;

std::vector<Row> read_rows(const std::filesystem::path& path) {
  const std::string text = read_result(path);
  CsvTable table(path.string(), text, ',');
  std::vector<Row> rows;
  while (table.next()) {
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < table.header().size(); ++c) {
      row[table.header()[c]] = table.cells()[c];
    }
  }
  for (const char* column : {"claim", "text", "relation", "reported", "measured", "verdict"}) {
    if (!rows.empty() && !rows.front().contains(column))
      table.fail("no column " + std::string(column));
  }
  return rows;
}

/// A number with no more digits than a person compares; what is none as it is.
std::string rounded_number(const std::string& text) {
  const auto value = parse_real(text);
  return value ? shortest(significant(*value, 5)) : text;
}

/// "0.9919 ± 0.001", "> 0.97".
std::string reported(Row& row) {
  static const std::map<std::string, std::string> kSigns = {
      {"near", ""},        {"at_least", "≥ "},    {"at_most", "≤ "},  {"more_than", "> "},
      {"less_than", "< "}, {"before", "before "}, {"after", "after "}};
  const auto sign = kSigns.find(row["relation"]);
  std::string text = (sign == kSigns.end() ? row["relation"] + " " : sign->second) +
                     rounded_number(row["reported"]);
  if (!row["tolerance"].empty()) text += " ± " + row["tolerance"];
  return text;
}

/// The class of a verdict's colour; "open" for one that is neither sure to hold nor to fail.
std::string verdict_class(const std::string& verdict) {
  if (verdict == "holds") return "holds";
  return verdict == "fails" ? "fails" : "open";
}

std::string line(Row& row) {
  std::string claim = html_name(row["text"].empty() ? row["claim"] : row["text"]);
  if (!row["place"].empty())
    claim += " <span class=\"place\">" + html_name(row["place"]) + "</span>";
  std::string against = row["against"];
  if (!row["reason"].empty()) against += (against.empty() ? "" : " · ") + row["reason"];
  return fmt::format(
      "<tr><td class=\"text\">{}{}</td><td class=\"name\">{}</td><td class=\"number\">{}</td>"
      "<td class=\"number\" data-value=\"{}\">{}</td>"
      "<td><span class=\"verdict {}\">{}</span></td></tr>\n",
      claim, against.empty() ? "" : "<small>" + html_name(against) + "</small>",
      html_name(row["experiment"] + " " + row["run"]), html_text(reported(row)),
      html_attribute(row["measured"]), html_text(rounded_number(row["measured"])),
      verdict_class(row["verdict"]), html_text(row["verdict"]));
}

/// "10 claims: 9 holds, 1 fails".
std::string counts(std::vector<Row>& rows) {
  std::map<std::string, std::size_t> each;
  for (Row& row : rows) ++each[row["verdict"]];
  std::vector<std::string> parts;
  for (const auto& [verdict, count] : each) parts.push_back(fmt::format("{} {}", count, verdict));
  return fmt::format("{}: {}", counted(rows.size(), "claim"), fmt::join(parts, "; "));
}

}  // namespace

std::string html_claims(const std::filesystem::path& folder) {
  std::vector<Row> rows;
  try {
    rows = read_rows(folder / "claims.csv");
  } catch (const Error& error) {
    return html_not_shown(error);
  }
  std::string text =
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"claims\">\n"
      "<table class=\"claims\">\n<caption>" +
      html_text(counts(rows)) + "</caption>\n<thead><tr>";
  int column = 0;
  for (const char* name : {"claim", "run", "reported", "measured", "verdict"}) {
    text += fmt::format(R"(<th scope="col" data-column="{}">{}</th>)", column++, name);
  }
  text += "</tr></thead>\n<tbody>\n";
  for (Row& row : rows) text += line(row);
  return text + "</tbody>\n</table>\n</div>\n";
}

}  // namespace nnrun
