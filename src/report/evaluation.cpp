#include "report/evaluation.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "experiment/csv.h"
#include "report/markdown.h"

namespace nnrun {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostShownClasses = 30;  // of a matrix that a person can read

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// A measure as run.json has it: missing where it is not defined.
std::string measure_text(const Model& model, std::size_t measure, double value) {
  return std::isnan(value) && model.may_be_undefined(measure) ? std::string() : shortest(value);
}

OutputTable measures_table(const Evaluation& evaluation, const Model& model) {
  OutputTable output{{{.name = "measure"}, {.name = "value", .numbers = true}}, {}};
  const auto names = model.measures();
  for (std::size_t i = 0; i < names.size(); ++i) {
    output.rows.push_back({names[i], measure_text(model, i, evaluation.measured.values[i])});
  }
  return output;
}

OutputTable confusion_table(const std::vector<std::uint64_t>& confusion) {
  const std::size_t classes = class_count(confusion);
  OutputTable output{{{.name = "true \\ predicted", .numbers = true}}, {}};
  for (std::size_t k = 0; k < classes; ++k) {
    output.columns.push_back({.name = std::to_string(k), .numbers = true});
    auto& row = output.rows.emplace_back(1, std::to_string(k));
    for (std::size_t p = 0; p < classes; ++p) {
      row.push_back(std::to_string(confusion[k * classes + p]));
    }
  }
  return output;
}

OutputTable classes_table(const std::vector<ClassFigures>& figures) {
  const auto score = [](const char* name) {
    return OutputColumn{.name = name, .numbers = true, .digits = kFigureDigits};
  };
  OutputTable output{{{.name = "class", .numbers = true},
                      {.name = "support", .numbers = true},
                      score("precision"),
                      score("recall"),
                      score("f1")},
                     {}};
  for (std::size_t k = 0; k < figures.size(); ++k) {
    const ClassFigures& of = figures[k];
    output.rows.push_back({std::to_string(k), std::to_string(of.support), shortest(of.precision),
                           shortest(of.recall), shortest(of.f1)});
  }
  return output;
}

Json parsed(const OutputTable& output) { return Json::parse(to_text(output, OutputFormat::kJson)); }

std::string json_text(const Evaluation& evaluation, const Model& model) {
  const auto& confusion = evaluation.measured.confusion;
  Json json = {{"run", evaluation.run},
               {"data", evaluation.data},
               {"part", evaluation.part},
               {"samples", evaluation.samples},
               {"measures", Json::object()},
               {"confusion", Json::array()},
               {"classes", parsed(classes_table(class_figures(confusion)))}};
  for (const Json& row : parsed(measures_table(evaluation, model))) {
    json["measures"][row["measure"].get<std::string>()] = row["value"];
  }
  const std::size_t classes = class_count(confusion);
  for (std::size_t k = 0; k < classes; ++k) {
    const auto* row = confusion.data() + k * classes;
    json["confusion"].push_back(std::vector<std::uint64_t>(row, row + classes));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string csv_text(const Evaluation& evaluation, const Model& model) {
  std::string text = csv_line({"figure", "class", "predicted", "value"});
  for (const auto& row : measures_table(evaluation, model).rows) {
    text += csv_line({row[0], "", "", row[1]});
  }
  const auto& confusion = evaluation.measured.confusion;
  const OutputTable classes = classes_table(class_figures(confusion));
  for (const auto& row : classes.rows) {
    for (std::size_t c = 1; c < row.size(); ++c) {
      text += csv_line({classes.columns[c].name, row[0], "", row[c]});
    }
  }
  const std::size_t count = classes.rows.size();
  for (std::size_t cell = 0; cell < confusion.size(); ++cell) {
    text += csv_line({"confusion", std::to_string(cell / count), std::to_string(cell % count),
                      std::to_string(confusion[cell])});
  }
  return text;
}

}  // namespace

std::vector<ClassFigures> class_figures(const std::vector<std::uint64_t>& confusion) {
  const std::size_t classes = class_count(confusion);
  std::vector<ClassFigures> all(classes);
  for (std::size_t k = 0; k < classes; ++k) {
    std::uint64_t predicted = 0;
    for (std::size_t other = 0; other < classes; ++other) {
      all[k].support += confusion[k * classes + other];
      predicted += confusion[other * classes + k];
    }
    const std::uint64_t right = confusion[k * classes + k];
    all[k].precision = share(right, predicted);
    all[k].recall = share(right, all[k].support);
    all[k].f1 = share(2 * right, predicted + all[k].support);
  }
  return all;
}

std::string to_text(const Evaluation& evaluation, const Model& model, OutputFormat format) {
  if (format == OutputFormat::kJson) return json_text(evaluation, model);
  if (format == OutputFormat::kCsv) return csv_text(evaluation, model);
  const auto& confusion = evaluation.measured.confusion;
  const std::size_t classes = class_count(confusion);
  const std::string title = fmt::format("{}: {} {} samples of {}", evaluation.run,
                                        evaluation.samples, evaluation.part, evaluation.data);
  std::string text = format == OutputFormat::kMarkdown ? markdown_text(title) : printable(title);
  text += "\n\n" + to_text(measures_table(evaluation, model), format) + "\n";
  text += classes <= kMostShownClasses
              ? to_text(confusion_table(confusion), format)
              : fmt::format("The confusion matrix of {} classes is in --format csv and json.\n",
                            classes);
  return text + "\n" + to_text(classes_table(class_figures(confusion)), format);
}

OutputTable labels_table(const std::vector<std::string>& names, const Predictions& predictions) {
  const std::string score = predictions.are_probabilities ? "probability" : "score";
  const auto number = [](const std::string& name, std::optional<int> digits = {}) {
    return OutputColumn{.name = name, .numbers = true, .digits = digits};
  };
  OutputTable output{{{.name = "file"},
                      number("predicted"),
                      number(score, kFigureDigits),
                      number("runner_up"),
                      number("runner_up_" + score, kFigureDigits)},
                     {}};
  for (std::size_t n = 0; n < predictions.count(); ++n) {
    auto& row = output.rows.emplace_back(1, names[n]);
    for (const std::size_t k : {std::size_t{predictions.predicted[n]}, predictions.runner_up(n)}) {
      row.push_back(std::to_string(k));
      row.push_back(shortest(static_cast<double>(predictions.score(n, k))));
    }
  }
  return output;
}

}  // namespace nnrun
