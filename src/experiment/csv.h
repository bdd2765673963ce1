// Lines of CSV as RFC 4180 writes them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/statistics.h"

namespace nnrun {

/// The cells joined by commas and ended by a line feed; quoted where a cell needs it.
std::string csv_line(const std::vector<std::string>& cells);

/// One cell, quoted where it needs it.
std::string csv_cell(const std::string& cell);

/// A number as a cell; empty for what is not a number.
std::string number_cell(double value);

/// The mean, the standard deviation and the ends of the mean's 95 % interval; empty where there are none.
std::array<std::string, 4> statistics_cells(const Statistics& statistics);

/// Adds those names of columns that are not there yet.
void add_columns(std::vector<std::string>& columns, const std::vector<std::string>& more);

/// The cells of a line as csv_line writes it, quotes taken away.
std::vector<std::string> csv_cells(std::string_view line);

/// The cells of a line without quotes, such as those of metrics.csv; they live as long as the line.
std::vector<std::string_view> split_csv(std::string_view line);

}  // namespace nnrun
