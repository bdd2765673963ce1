#include "report/html_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "core/metric.h"
#include "report/chosen_runs.h"
#include "report/compare.h"
#include "report/html_diagram.h"
#include "report/html_text.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

constexpr std::size_t kTall = 20;  // more rows than these scroll in a window of their own
constexpr std::ptrdiff_t kMostMessages = 12;  // and more messages than these

/// A column of the table with a cell for each run.
struct ShownColumn {
  OutputColumn head;
  std::vector<std::string> cells;
  std::vector<std::string> shown = {};  ///< rounded, the best with '*'; empty: as they are
};

std::string figure_cell(const StoredRun& run, const std::string& name) {
  const double value = run.curves.figure(name);
  return std::isnan(value) ? std::string() : shortest(value);
}

/// Whether the runs' names are made of the same fields: these are columns then.
bool same_fields(const std::vector<StoredRun>& runs) {
  const auto paths = [](const StoredRun& run) {
    std::vector<std::string> names;
    for (const FieldText& field : fields_of(run)) names.push_back(field.path);
    return names;
  };
  return std::all_of(runs.begin(), runs.end(), [&](const StoredRun& run) {
    return !fields_of(run).empty() && paths(run) == paths(runs.front());
  });
}

class RunsTable {
 public:
  explicit RunsTable(const ReportExperiment& experiment)
      : experiment_(experiment), runs_(stored_runs(experiment.runs)), best_(best_run(experiment)) {}

  std::string write() {
    add_swept();
    columns_.push_back({{.name = "status"}, {}});
    for (const StoredRun& run : runs_) columns_.back().cells.push_back(run.status);
    add_compared();
    text_ = fmt::format(
        "<div class=\"scroll{}\" tabindex=\"0\" role=\"region\" aria-label=\"runs\">\n"
        "<table class=\"runs\">\n",
        runs_.size() > kTall ? " tall" : "");
    add_head();
    text_ += "<tbody>\n";
    for (std::size_t r = 0; r < runs_.size(); ++r) add_row(r);
    text_ += "</tbody>\n</table>\n</div>\n";
    add_note();
    add_messages();
    return std::move(text_);
  }

 private:
  void add_swept() {
    if (!same_fields(runs_)) {
      columns_.push_back({{.name = "run"}, {}});
      for (const StoredRun& run : runs_) columns_.back().cells.push_back(run.name);
      return;
    }
    for (const FieldText& field : fields_of(runs_.front())) {
      columns_.push_back({{.name = field.path, .numbers = true}, {}});
    }
    for (const StoredRun& run : runs_) {
      const auto fields = fields_of(run);
      for (std::size_t f = 0; f < fields.size(); ++f) columns_[f].cells.push_back(fields[f].value);
    }
  }

  /// The columns of `nnrun compare`, of the finished runs where there are some.
  void add_compared() {
    std::vector<StoredRun> basis;
    for (const ReportRun& run : experiment_.runs) {
      if (run.finished()) basis.push_back(run.stored);
    }
    if (basis.empty()) basis = runs_;
    for (const OutputColumn& head : compare(basis, false).columns) {
      if (head.name == "run" || head.name == "status") continue;
      ShownColumn& column = columns_.emplace_back(ShownColumn{head, {}});
      for (const StoredRun& run : runs_) {
        column.cells.push_back(head.group.empty() ? setting(run, head.name)
                                                  : figure_cell(run, head.whole_name()));
      }
      if (head.digits) column.shown = rounded(column.cells, *head.digits, head.better);
    }
  }

  void add_head() {
    text_ +=
        "<thead>\n<tr><th rowspan=\"2\" scope=\"col\" class=\"key\">"
        "<span class=\"hidden\">number and colour</span></th>";
    for (std::size_t c = 0; c < columns_.size();) {
      const std::string& group = columns_[c].head.group;
      std::size_t end = c + 1;
      while (end < columns_.size() && !group.empty() && columns_[end].head.group == group) ++end;
      text_ += group.empty() ? head(c, " rowspan=\"2\"")
                             : fmt::format(R"(<th colspan="{}" scope="colgroup">{}</th>)", end - c,
                                           html_text(spoken_name(group)));
      c = end;
    }
    text_ += "</tr>\n<tr>";
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (!columns_[c].head.group.empty()) text_ += head(c, "");
    }
    text_ += "</tr>\n</thead>\n";
  }

  std::string head(std::size_t column, const char* span) const {
    const OutputColumn& head = columns_[column].head;
    return fmt::format(R"(<th{} scope="col" data-column="{}"{}>{}</th>)", span, column,
                       head.numbers ? " class=\"number\"" : "", html_name(spoken_name(head.name)));
  }

  void add_row(std::size_t run) {
    const bool best = best_ && best_->run == run;
    text_ += fmt::format(
        R"(<tr data-run="{0}"{1}><td class="key"><span class="swatch {2}"></span>{3}</td>)", run,
        best ? " class=\"best\"" : "", run_colour(run, runs_.size()), run + 1);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      c == status_column() ? add_status(run, best) : add_cell(columns_[c], run);
    }
    text_ += "</tr>\n";
  }

  /// Sentences are too long for a column.
  void add_messages() {
    const auto names = html_run_names(experiment_);
    std::string lines;
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      if (runs_[r].message.empty()) continue;
      lines += fmt::format(R"(<li><span class="swatch {}"></span>{} {}: {}</li>)"
                           "\n",
                           run_colour(r, runs_.size()), r + 1, html_name(names[r]),
                           html_name(runs_[r].message));
    }
    if (lines.empty()) return;
    text_ += fmt::format(
        "<ul class=\"messages{}\">\n{}</ul>\n",
        std::count(lines.begin(), lines.end(), '\n') > kMostMessages ? " tall" : "", lines);
  }

  std::size_t status_column() const {
    const auto found = std::find_if(columns_.begin(), columns_.end(),
                                    [](const ShownColumn& c) { return c.head.name == "status"; });
    return static_cast<std::size_t>(found - columns_.begin());
  }

  void add_status(std::size_t run, bool best) {
    std::string name = runs_[run].status;
    std::replace(name.begin(), name.end(), ' ', '-');
    text_ += fmt::format(R"(<td data-value="{0}"><span class="status {1}">{2}</span>{3}</td>)",
                         html_attribute(runs_[run].status), html_attribute(name),
                         html_text(runs_[run].status),
                         best ? " <span class=\"badge\">best run</span>" : "");
  }

  void add_cell(const ShownColumn& column, std::size_t run) {
    std::string shown = column.shown.empty() ? column.cells[run] : column.shown[run];
    const bool best = column.head.digits && shown.ends_with('*');
    if (best) shown.pop_back();
    text_ += fmt::format(R"(<td class="{}{}" data-value="{}">{}</td>)",
                         column.head.numbers ? "number" : "name", best ? " best" : "",
                         html_attribute(column.cells[run]), shown.empty() ? "" : html_name(shown));
  }

  void add_note() {
    const std::string best =
        best_ ? "Best run: " + best_->by + ". Bold: the best of its column. " : std::string();
    text_ += fmt::format(
        "<p class=\"note\">{}Final: after the last epoch. Best: of all epochs. Convergence epoch: from it "
        "on the validation loss has made 95 % of its way to its least.</p>\n",
        html_text(best));
  }

  const ReportExperiment& experiment_;
  std::vector<StoredRun> runs_;
  std::optional<BestRun> best_;
  std::vector<ShownColumn> columns_;
  std::string text_;
};

}  // namespace

std::string html_runs(const ReportExperiment& experiment) { return RunsTable(experiment).write(); }

std::vector<std::string> html_run_names(const ReportExperiment& experiment) {
  auto labels = run_labels(stored_runs(experiment.runs));
  for (std::size_t r = 0; r < labels.size(); ++r) {
    if (labels[r].empty()) labels[r] = experiment.runs[r].stored.name;
  }
  return labels;
}

}  // namespace nnrun
