// Labelled samples, in a training file and a test file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/mapped_file.h"
#include "base/shape.h"

namespace nnrun {

/// Where the values of samples lie in a file that is read as they are needed.
struct MappedValues {
  std::shared_ptr<const MappedFile> file;
  std::size_t begin = 0;  ///< byte of the first value
  std::size_t width = 0;  ///< D
  bool numbers = false;   ///< float, little-endian; else bytes
};

/// Samples as the files hold them: bytes stay bytes. Either all samples of a data set are bytes or all
/// are numbers; the other is empty.
struct Samples {
  std::vector<std::uint8_t> features;    ///< [samples, D], row-major: bytes, 0 to 255
  std::vector<std::uint32_t> labels;     ///< [samples]
  std::vector<float> numbers{};          ///< [samples, D], row-major, finite
  std::optional<MappedValues> mapped{};  ///< in place of both

  std::size_t count() const { return labels.size(); }
  /// D; 0 when there are no samples.
  std::size_t width() const {
    if (mapped) return mapped->width;
    return count() == 0 ? 0 : (features.size() + numbers.size()) / count();
  }
  bool are_numbers() const { return mapped ? mapped->numbers : !numbers.empty(); }

  /// [samples, D], wherever they are.
  const std::uint8_t* bytes() const {
    return mapped ? mapped->file->bytes().data() + mapped->begin : features.data();
  }
  const float* reals() const {
    return mapped ? reinterpret_cast<const float*>(mapped->file->bytes().data() + mapped->begin)
                  : numbers.data();
  }
};

/// Counts the samples that somebody reads one after the other, and lets go of a mapped file before they take much
/// memory, and at the end.
class SampleReader {
 public:
  explicit SampleReader(const Samples& samples)
      : samples_(samples.mapped ? &samples : nullptr),
        row_bytes_(samples.width() * (samples.are_numbers() ? sizeof(float) : 1)) {}
  ~SampleReader() {
    if (samples_ != nullptr) samples_->mapped->file->release();
  }
  SampleReader(const SampleReader&) = delete;
  SampleReader& operator=(const SampleReader&) = delete;
  SampleReader(SampleReader&&) = delete;
  SampleReader& operator=(SampleReader&&) = delete;

  /// So many more have been read.
  void read(std::size_t rows) {
    bytes_ += rows * row_bytes_;
    if (samples_ == nullptr || bytes_ < kMostBytes) return;
    samples_->mapped->file->release();
    bytes_ = 0;
  }

  /// What a mapped file takes at most of each reader, if samples are read in the order of the file.
  static constexpr std::size_t kMostBytes = std::size_t{1} << 26U;

 private:
  const Samples* samples_;
  std::size_t row_bytes_;
  std::size_t bytes_ = 0;
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
  Samples test;  ///< none where the data set has no test part
  std::vector<SourceFile> files;
};

/// What can be said of a data set before its samples are read.
struct DataFacts {
  Shape sample;
  std::size_t classes = 0;
  std::size_t train = 0;  ///< samples of the training file
  std::size_t test = 0;   ///< samples of the test file, 0 where there is none
  bool numbers = false;   ///< the samples are numbers, not bytes
  /// What the sparse form of the samples takes for each of their bytes, where that is known.
  std::optional<double> sparse_share = std::nullopt;
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

  /// Reads a file's header, or where the shape or the classes follow from the content, the file. Throws
  /// Error when that is impossible. An experiment file's reader asks once in a process for each way the
  /// data set is written (experiment/dataset_spec.cpp); load() must find the same.
  virtual DataFacts facts() const = 0;

  /// Reads everything and checks it. `folder` is `dataset.dir` of the experiment, if given.
  virtual Data load(const std::optional<std::filesystem::path>& folder) const = 0;

  /// The same, but for values in plain files that are as they are used: they are read when they are needed. All of them
  /// are looked at once.
  virtual Data load_mapped(const std::optional<std::filesystem::path>& folder) const {
    return load(folder);
  }
  /// Whether load_mapped() leaves the samples in their files.
  virtual bool can_be_mapped(const std::optional<std::filesystem::path>& /*folder*/) const {
    return false;
  }

  /// Bytes that load() needs for a moment beside the samples.
  virtual double loading_bytes() const { return 0; }

  /// The SHA-256 of each file, in the order of Data::files, without making samples of them. A published
  /// set is known by them; others read their files, and those that are drawn have none.
  virtual std::vector<std::string> checksums() const = 0;

  /// The folders where the files are looked for, in this order; empty when the paths are given, or
  /// no file is needed.
  virtual std::vector<std::filesystem::path> places(
      const std::optional<std::filesystem::path>& folder) const = 0;
};

}  // namespace nnrun
