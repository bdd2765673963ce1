#include "report/html_confusion.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <sstream>
#include <vector>

#include "base/text.h"
#include "experiment/csv.h"
#include "report/chosen_runs.h"
#include "report/html_text.h"
#include "report/run_file.h"

namespace nnrun {

namespace {

constexpr std::size_t kMostMatrices = 24;
constexpr std::size_t kMostClasses = 30;

struct Matrix {
  std::vector<std::string> classes;
  std::vector<std::vector<std::int64_t>> counts;  ///< [true][predicted]
};

/// Nothing for what is no matrix, or too large to be read by a person.
std::optional<Matrix> parse(const std::string& text) {
  Matrix matrix;
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  matrix.classes = csv_cells(line);
  matrix.classes.erase(matrix.classes.begin());
  if (matrix.classes.empty()) return std::nullopt;
  while (std::getline(lines, line)) {
    auto& row = matrix.counts.emplace_back();
    const auto cells = csv_cells(line);
    for (std::size_t c = 1; c < cells.size(); ++c) {
      row.push_back(parse_integer(cells[c]).value_or(-1));
    }
    const bool good =
        row.size() == matrix.classes.size() && *std::min_element(row.begin(), row.end()) >= 0;
    if (!good) return std::nullopt;
  }
  const bool square = matrix.counts.size() == matrix.classes.size();
  return square && matrix.classes.size() <= kMostClasses ? std::optional(matrix) : std::nullopt;
}

/// The shade of a share of its row: one of ten, none for 0.
std::string shade(std::int64_t count, std::int64_t row, bool right) {
  if (count == 0 || row == 0) return {};
  const auto tenth = std::clamp<std::int64_t>((count * 10 + row - 1) / row, 1, 10);
  return fmt::format(" class=\"{}{}\"", right ? "right" : "wrong", tenth);
}

std::string matrix_table(const Matrix& matrix, const std::string& samples) {
  std::int64_t right = 0;
  std::int64_t all = 0;
  std::string text = R"(<thead><tr><th scope="col">true \ predicted</th>)";
  for (const std::string& name : matrix.classes) {
    text += "<th scope=\"col\">" + html_name(name) + "</th>";
  }
  text += "</tr></thead>\n<tbody>\n";
  for (std::size_t t = 0; t < matrix.counts.size(); ++t) {
    const auto& counts = matrix.counts[t];
    const std::int64_t row = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    all += row;
    right += counts[t];
    text += "<tr><th scope=\"row\">" + html_name(matrix.classes[t]) + "</th>";
    for (std::size_t p = 0; p < counts.size(); ++p) {
      text += fmt::format("<td{}>{}</td>", shade(counts[p], row, p == t), counts[p]);
    }
    text += "</tr>\n";
  }
  return fmt::format(
      "<div class=\"scroll\"><table class=\"confusion\">\n<caption>{} of {} {} right</caption>\n{}"
      "</tbody></table></div>\n",
      right, all, samples, text);
}

}  // namespace

std::string html_confusion(const ReportExperiment& experiment) {
  auto chosen = chosen_runs(experiment, kMostMatrices);
  for (ChosenRun& run : chosen) {
    for (const auto& [file, what] : {std::pair{"confusion.csv", "test samples"},
                                     std::pair{"confusion_validation.csv", "validation samples"}}) {
      run.content += html_of_file(experiment.runs[run.run], file,
                                  [samples = what](const std::string& content) {
                                    const auto matrix = parse(content);
                                    return matrix ? matrix_table(*matrix, samples) : std::string();
                                  });
    }
  }
  return html_chosen(chosen, experiment, kMostMatrices);
}

}  // namespace nnrun
