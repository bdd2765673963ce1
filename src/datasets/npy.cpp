// npy: samples and labels in NumPy's files.
//   Features are bytes (uint8), or numbers (float32, or float64 rounded to it). A file [N, H, W] holds
//   images of one channel. There are as many classes as the largest training label says: K = it + 1.
// Source:  NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays"
// Shapes:  features [N, D], [N, H, W] or [N, C, H, W]; labels [N] of any integer type, in 0 … K − 1;
//          samples [N, D], [N, 1, H, W], [N, C, H, W]
// Options: train  {features: path, labels: path}, relative to the current folder
//          test   the same; may be left out
// Errors:  a file that is truncated, longer than it says, in Fortran order, big-endian or of another type;
//          NaN and infinity, with their place; files that do not fit each other
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/file.h"
#include "base/npy_reader.h"
#include "base/text.h"
#include "core/classes.h"
#include "core/dataset.h"
#include "core/registry.h"

namespace nnrun {
namespace {

struct Paths {
  std::string features;
  std::string labels;
};

/// A pair of files whose headers fit each other.
struct Pair {
  NpyReader features;
  NpyReader labels;

  explicit Pair(const Paths& paths) : features(paths.features), labels(paths.labels) {
    const Shape& shape = features.shape();
    if (shape.size() < 2 || shape.size() > 4) {
      features.fail(fmt::format("an array of {}; expected [N, D], [N, H, W] or [N, C, H, W]",
                                shape.empty() ? "one number" : to_text(shape)));
    }
    if (std::find(shape.begin(), shape.end(), 0U) != shape.end()) {
      features.fail("holds no samples: " + to_text(shape));
    }
    if (features.type().is_whole() && !features.type().is_byte()) {
      features.fail(fmt::format("elements of type {}; expected uint8, float32 or float64",
                                features.type().text()));
    }
    if (labels.shape().size() != 1 || !labels.type().is_whole()) {
      labels.fail(fmt::format("an array of {} of type {}; expected [N] whole numbers",
                              to_text(labels.shape()), labels.type().text()));
    }
    if (shape[0] != labels.shape()[0]) {
      features.fail(fmt::format("has {} samples, but {} has {} labels", shape[0],
                                printable(labels.path().string()), labels.shape()[0]));
    }
  }

  std::size_t count() const { return labels.shape()[0]; }

  Shape sample() const {
    Shape shape = features.shape();
    shape.size() == 3 ? void(shape[0] = 1) : void(shape.erase(shape.begin()));
    return shape;
  }

  /// Each label below `most`, of which `why` says what it is.
  std::vector<std::uint32_t> read_labels(std::size_t most, const std::string& why) {
    labels.read();
    std::vector<std::uint32_t> values;
    values.reserve(count());
    for (const std::int64_t label : labels.wholes()) {
      if (label < 0 || static_cast<std::uint64_t>(label) >= most) {
        labels.fail(fmt::format("label {} at {}; expected 0 to {}: {}", label,
                                labels.index_text(values.size()), most - 1, why));
      }
      values.push_back(static_cast<std::uint32_t>(label));
    }
    return values;
  }

  std::vector<std::uint32_t> read_training_labels() {
    return read_labels(kMostClasses, "labels are classes, counted from 0");
  }

  /// Whether the features are as they are used.
  bool can_be_mapped() const {
    const NpyType& type = features.type();
    const bool is_float = !type.is_whole() && type.size == sizeof(float);
    return type.is_byte() || (is_float && features.elements_begin() % alignof(float) == 0);
  }

  /// Leaves the features in their file, looks at each of them once, and notes both files.
  void map_features(Samples& samples, std::vector<SourceFile>& files) const {
    auto file = std::make_shared<const MappedFile>(features.path());
    const std::size_t begin = features.elements_begin();
    const Shape& shape = features.shape();
    if (file->bytes().size() != begin + elements(shape) * features.type().size)
      features.fail("changed while it was read");
    files.push_back({features.path().string(), sha256(*file)});
    files.push_back({labels.path().string(), labels.sha256()});
    const bool numbers = !features.type().is_byte();
    samples.mapped = {std::move(file), begin, elements(shape) / shape[0], numbers};
    if (!numbers) return;
    SampleReader reader(samples);
    for (std::size_t i = 0; i < elements(shape); ++i) {
      if (!std::isfinite(samples.reals()[i])) {
        features.fail(fmt::format("{} at {}; expected finite numbers", shortest(samples.reals()[i]),
                                  features.index_text(i)));
      }
      if ((i + 1) % samples.width() == 0) reader.read(1);
    }
  }

  /// Reads the features and notes both files.
  void read_features(Samples& samples, std::vector<SourceFile>& files) {
    features.read();
    files.push_back({features.path().string(), features.sha256()});
    files.push_back({labels.path().string(), labels.sha256()});
    if (features.type().is_byte()) {
      samples.features = features.take_bytes();
    } else {
      samples.numbers = features.numbers<float>();
    }
  }
};

std::size_t classes_of(const Pair& train, const std::vector<std::uint32_t>& labels) {
  const std::size_t classes = std::size_t{*std::max_element(labels.begin(), labels.end())} + 1;
  check_classes(classes, train.labels.path().string(), "classes (the largest label and one)");
  return classes;
}

void check_alike(const Pair& train, const Pair& test) {
  const auto describe = [](const Pair& pair) {
    return fmt::format("{} {}", to_text(pair.sample()),
                       pair.features.type().is_byte() ? "bytes" : "numbers");
  };
  if (describe(train) == describe(test)) return;
  test.features.fail(fmt::format("has samples of {}, but {} of {}", describe(test),
                                 printable(train.features.path().string()), describe(train)));
}

std::string checksum_of(const std::string& path) {
  NpyReader reader(path);
  reader.read();
  return reader.sha256();
}

class Npy final : public Dataset {
 public:
  static std::unique_ptr<Dataset> from(Options& options) {
    Paths train = read_paths(options.mapping("train", true));
    Paths test = read_paths(options.optional_mapping("test"));
    if (!options.has("test")) return std::make_unique<Npy>(std::move(train), std::nullopt);
    return std::make_unique<Npy>(std::move(train), std::move(test));
  }

  Npy(Paths train, std::optional<Paths> test) : train_(std::move(train)), test_(std::move(test)) {}

  DataFacts facts() const override {
    Pair train(train_);
    DataFacts facts{train.sample(), 0, train.count(), 0, !train.features.type().is_byte()};
    facts.classes = classes_of(train, train.read_training_labels());
    if (!test_) return facts;
    const Pair test(*test_);
    check_alike(train, test);
    facts.test = test.count();
    return facts;
  }

  Data load(const std::optional<std::filesystem::path>& /*folder*/) const override {
    return load_as(/*mapped=*/false);
  }
  Data load_mapped(const std::optional<std::filesystem::path>& /*folder*/) const override {
    return load_as(/*mapped=*/true);
  }
  bool can_be_mapped(const std::optional<std::filesystem::path>& /*folder*/) const override {
    return Pair(train_).can_be_mapped() && (!test_ || Pair(*test_).can_be_mapped());
  }

  Data load_as(bool mapped) const {
    const auto take = [&](Pair& pair, Samples& samples, std::vector<SourceFile>& files) {
      mapped&& pair.can_be_mapped() ? pair.map_features(samples, files)
                                    : pair.read_features(samples, files);
    };
    Data data;
    Pair train(train_);
    std::optional<Pair> test;
    if (test_) check_alike(train, test.emplace(*test_));
    data.sample = train.sample();
    data.train.labels = train.read_training_labels();
    data.classes = classes_of(train, data.train.labels);
    take(train, data.train, data.files);
    if (!test) return data;
    data.test.labels = test->read_labels(data.classes, "the classes of the training labels");
    take(*test, data.test, data.files);
    return data;
  }

  /// Numbers as they are in the files; bytes are taken as they are.
  double loading_bytes() const override {
    double bytes = 0;
    for (const Paths& paths : test_ ? std::vector{train_, *test_} : std::vector{train_}) {
      const Pair pair(paths);
      const auto labels = static_cast<double>(pair.count());
      bytes += labels * static_cast<double>(sizeof(std::int64_t) + pair.labels.type().size);
      if (!pair.features.type().is_byte()) bytes += file_bytes(paths.features);
    }
    return bytes;
  }

  std::vector<std::string> checksums() const override {
    std::vector<std::string> sums = {checksum_of(train_.features), checksum_of(train_.labels)};
    if (!test_) return sums;
    sums.push_back(checksum_of(test_->features));
    sums.push_back(checksum_of(test_->labels));
    return sums;
  }

  std::vector<std::filesystem::path> places(
      const std::optional<std::filesystem::path>& /*folder*/) const override {
    return {};
  }

 private:
  static Paths read_paths(const Slot& slot) {
    Options options(slot);
    Paths paths{options.text("features"), options.text("labels")};
    options.finish();
    return paths;
  }

  Paths train_;
  std::optional<Paths> test_;
};

const Register<Dataset> kNpy{
    "npy", "npy: {train: {features: x.npy, labels: y.npy}, test: {features: u.npy, labels: v.npy}}",
    "arrays in NumPy's files", Npy::from};

}  // namespace
}  // namespace nnrun
