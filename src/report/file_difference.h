// The files of two runs, held against each other.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nnrun {

/// What was compared, and a line for each thing that differs; none when all is the same.
struct FileDifference {
  std::size_t rows = 0;     ///< of a CSV file of the first run, without its header
  std::size_t columns = 0;  ///< of that file
  std::size_t files = 0;    ///< weight files of the first run
  std::vector<std::string> lines;
};

/// Each compares a file of two runs' folders by bytes; what differs is told by its place. They throw
/// an Error when a file cannot be read, or is not as nnrun writes it.
FileDifference metrics_difference(const std::filesystem::path& a, const std::filesystem::path& b);
FileDifference confusion_difference(const std::filesystem::path& a, const std::filesystem::path& b);
FileDifference weights_difference(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace nnrun
