// Labelled samples, in a training file and a test file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/shape.h"

namespace nnrun {

/// Samples as the files hold them: features stay bytes, 0 to 255.
struct Samples {
  std::vector<std::uint8_t> features;  ///< [samples, D], row-major
  std::vector<std::uint32_t> labels;   ///< [samples]

  std::size_t count() const { return labels.size(); }
};

/// A file that was read, for run.json.
struct SourceFile {
  std::string path;
  std::string sha256;  ///< of the content, decompressed
};

struct Data {
  Shape sample;             ///< of one sample: {1, 28, 28}
  std::size_t classes = 0;  ///< labels are below it
  Samples train;
  Samples test;
  std::vector<SourceFile> files;
};

/// What can be said of a data set before its samples are read.
struct DataFacts {
  Shape sample;
  std::size_t classes = 0;
  std::size_t train = 0;  ///< samples of the training file
  std::size_t test = 0;   ///< samples of the test file
};

/// The SHA-256 of each file that was read.
inline std::vector<std::string> checksums(const Data& data) {
  std::vector<std::string> all;
  for (const SourceFile& file : data.files) all.push_back(file.sha256);
  return all;
}

class Dataset {
 public:
  static constexpr const char* kKind = "data set";
  virtual ~Dataset() = default;

  /// Reads no samples, a file's header at most. Throws Error when even that is impossible.
  virtual DataFacts facts() const = 0;

  /// Reads everything and checks it. `folder` is `dataset.dir` of the experiment, if given.
  virtual Data load(const std::optional<std::filesystem::path>& folder) const = 0;

  /// The SHA-256 of each file, in the order of Data::files. A published set is known by them; others
  /// read their files.
  virtual std::vector<std::string> checksums() const = 0;

  /// The folders where the files are looked for, in this order; empty when the paths are given.
  virtual std::vector<std::filesystem::path> places(
      const std::optional<std::filesystem::path>& folder) const = 0;
};

}  // namespace nnrun
