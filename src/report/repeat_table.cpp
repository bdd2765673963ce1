#include "report/repeat_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "base/text.h"
#include "experiment/csv.h"
#include "report/compare.h"
#include "report/repeats.h"

namespace nnrun {

namespace {

using Cells = std::vector<std::string>;

constexpr std::array kParts = {"mean", "sd", "low", "high", "n", "p"};
constexpr double kLevel = 0.05;

/// What is known of a grid point's figure.
struct PointFigure {
  Statistics statistics;
  std::optional<double> p;
};

/// One figure of all grid points.
using PointFigures = std::vector<PointFigure>;

/// The place of the best mean; nothing where there is none, or no value is better than another.
std::optional<std::size_t> best_of(const PointFigures& points, Better better) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < points.size() && better != Better::kNeither; ++i) {
    const double mean = points[i].statistics.mean();
    if (std::isnan(mean)) continue;
    const double most = best ? points[*best].statistics.mean() : mean;
    if (!best || (better == Better::kHigher ? mean > most : mean < most)) best = i;
  }
  return best;
}

/// What makes a pair of two runs: seed and fold.
std::string pair_of(const StoredRun& run) {
  return setting(run, "seed") + "," + setting(run, "dataset.split.fold");
}

/// The differences of those runs of two grid points that are pairs.
std::vector<double> differences(const Repeats& a, const Repeats& b, const std::string& figure) {
  std::map<std::string, double> others;
  for (const StoredRun* run : b.averaged) others[pair_of(*run)] = run->curves.figure(figure);
  std::vector<double> all;
  for (const StoredRun* run : a.averaged) {
    const auto other = others.find(pair_of(*run));
    if (other != others.end()) all.push_back(run->curves.figure(figure) - other->second);
  }
  return all;
}

class Comparison {
 public:
  explicit Comparison(const std::vector<StoredRun>& runs) : points_(repeats_of(runs)) {
    std::vector<StoredRun> means;
    for (const Repeats& point : points_) means.push_back(point.mean);
    made_.table = named_rows(means);
    made_.over = repeated_over(runs);
    add_counts();
    for (const OutputColumn& figure : compared_figures(means)) add_figure(figure);
  }

  RepeatTable take() { return std::move(made_); }

 private:
  void add_counts() {
    Cells averaged;
    Cells diverged;
    for (const Repeats& point : points_) {
      averaged.push_back(std::to_string(point.averaged.size()));
      diverged.push_back(std::to_string(point.diverged));
    }
    const bool none = std::all_of(points_.begin(), points_.end(),
                                  [](const Repeats& point) { return point.diverged == 0; });
    add_column(made_.table, {.name = "n", .numbers = true}, averaged);
    add_column(made_.table, {.name = "diverged", .numbers = true, .detail = none}, diverged);
  }

  void add_figure(OutputColumn figure) {
    PointFigures points;
    for (const Repeats& point : points_) {
      const auto found = point.figures.find(figure.whole_name());
      points.push_back({found == point.figures.end() ? Statistics() : found->second, {}});
    }
    test(points, figure);
    add_parts(points, figure);
    made_.figures.push_back(std::move(figure));
  }

  void test(PointFigures& points, const OutputColumn& figure) {
    const auto best = best_of(points, figure.better);
    std::vector<std::size_t> tested;
    std::vector<double> p;
    for (std::size_t i = 0; i < points.size() && best; ++i) {
      if (i == *best || points[i].statistics.count() == 0) continue;
      const auto found =
          paired_t_test(differences(points_[i], points_[*best], figure.whole_name()));
      if (!found) {
        add_untested(made_.table.rows[i].front());
        continue;
      }
      count(found->pairs);
      tested.push_back(i);
      p.push_back(found->p);
    }
    const auto corrected = holm(p);
    for (std::size_t t = 0; t < tested.size(); ++t) points[tested[t]].p = corrected[t];
  }

  void count(std::size_t pairs) {
    made_.least_pairs = made_.most_pairs == 0 ? pairs : std::min(made_.least_pairs, pairs);
    made_.most_pairs = std::max(made_.most_pairs, pairs);
  }

  void add_untested(const std::string& name) {
    auto& names = made_.untested;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  void add_parts(const PointFigures& points, OutputColumn& figure) {
    std::array<Cells, kParts.size()> columns;
    for (const PointFigure& point : points) {
      const auto cells = statistics_cells(point.statistics);
      for (std::size_t part = 0; part < cells.size(); ++part) columns[part].push_back(cells[part]);
      columns[4].push_back(std::to_string(point.statistics.count()));
      columns[5].push_back(point.p ? shortest(*point.p) : "");
    }
    figure.detail = figure.detail || says_nothing(figure, columns[0]);
    for (std::size_t part = 0; part < kParts.size(); ++part) {
      add_column(made_.table,
                 {.name = kParts[part],
                  .group = figure.whole_name(),
                  .numbers = true,
                  .detail = figure.detail},
                 columns[part]);
    }
  }

  std::vector<Repeats> points_;
  RepeatTable made_;
};

/// A figure's six columns, from `first` on, as one.
Cells marked_cells(const OutputTable& table, std::size_t first, const OutputColumn& figure) {
  constexpr int kEpochDigits = 1;
  const int digits = figure.digits.value_or(kEpochDigits);
  std::optional<double> best;
  for (const auto& row : table.rows) {
    const auto mean = parse_real(row[first]);
    if (!mean || figure.better == Better::kNeither) continue;
    if (!best || (figure.better == Better::kHigher ? *mean > *best : *mean < *best)) best = mean;
  }
  const bool marks = best && table.rows.size() > 1;
  Cells cells;
  for (const auto& row : table.rows) {
    const auto mean = parse_real(row[first]);
    const auto deviation = parse_real(row[first + 1]);
    const auto p = parse_real(row[first + 5]);
    std::string& cell = cells.emplace_back();
    if (!mean) continue;
    cell = mean_and_deviation_text(*mean, deviation, digits);
    if (marks && !p && *mean == *best) cell += "*";
    if (marks && p && *p >= kLevel) cell += "=";
  }
  return cells;
}

}  // namespace

RepeatTable compare_repeats(const std::vector<StoredRun>& runs) { return Comparison(runs).take(); }

OutputTable marked(const RepeatTable& repeats) {
  const OutputTable& table = repeats.table;
  const std::size_t plain = table.columns.size() - kParts.size() * repeats.figures.size();
  OutputTable shown;
  for (const auto& row : table.rows) {
    shown.rows.emplace_back(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(plain));
  }
  shown.columns.assign(table.columns.begin(),
                       table.columns.begin() + static_cast<std::ptrdiff_t>(plain));
  for (std::size_t f = 0; f < repeats.figures.size(); ++f) {
    OutputColumn column = repeats.figures[f];
    const auto cells = marked_cells(table, plain + kParts.size() * f, column);
    column.digits.reset();  // they are rounded
    add_column(shown, std::move(column), cells);
  }
  return shown;
}

std::string marks_text(const RepeatTable& repeats) {
  std::string text = "mean ± standard deviation over " + repeats.over + "\n";
  if (repeats.table.rows.size() < 2) return text;
  text += "* best of its column";
  if (repeats.most_pairs > 0) {
    const std::string count =
        repeats.least_pairs == repeats.most_pairs
            ? std::to_string(repeats.most_pairs)
            : fmt::format("{} to {}", repeats.least_pairs, repeats.most_pairs);
    text +=
        fmt::format(" · = does not differ from it (paired t test over {} {}, two-sided, Holm, 5 %)",
                    count, repeats.over);
  }
  text += "\n";
  if (repeats.untested.empty()) return text;
  return text + fmt::format("not tested, as fewer than two {} are also those of the best: {}\n",
                            repeats.over,
                            printable(fmt::format("{}", fmt::join(repeats.untested, ", "))));
}

}  // namespace nnrun
