// images: PNG files, a folder for each class.
//   train/CLASS/NAME.png: the classes 0 … K − 1 are the folders' names, sorted by their bytes. Samples are
//   dealt in turns, the first of each class, then the second of each, …, by file name: dataset.limit and
//   shuffle: never see all classes. Hidden files (.NAME) are passed over.
//   Grey and colour of 8 bits; grey of fewer bits and palettes are made so; what is transparent, and 16 bits a
//   channel, are refused (base/png.h).
// Source:  the layout of torchvision's ImageFolder and Keras's image_dataset_from_directory
// Shapes:  samples [N, C, H, W] of bytes, C = 1 for grey and 3 for colour; labels [N] in 0 … K − 1
// Options: train  folder, relative to the current one
//          test   folder with the same classes or some of them; may be left out
// Errors:  files that are no PNG or broken; pictures that differ in size or in channels; a class without
//          files; files and folders where none belong
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/checksum.h"
#include "base/error.h"
#include "base/text.h"
#include "core/classes.h"
#include "core/dataset.h"
#include "core/pictures.h"
#include "core/registry.h"

namespace nnrun {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

[[noreturn]] void fail(const fs::path& path, const std::string& what) {
  throw Error(printable(path.string()) + ": " + what);
}

/// The files of each class, by the classes' names.
using Listing = std::map<std::string, Names>;

Listing list(const fs::path& root) {
  Listing listing;
  std::error_code error;
  for (const std::string& name : names_in(root)) {
    const fs::path folder = root / name;
    if (!fs::is_directory(folder, error)) fail(folder, "a file among the folders of the classes");
    Names& files = listing[name] = names_in(folder);
    if (files.empty()) fail(folder, "holds no pictures");
    for (const std::string& file : files) {
      if (!fs::is_regular_file(folder / file, error)) fail(folder / file, "not a file");
    }
  }
  return listing;
}

std::size_t count(const Listing& listing) {
  std::size_t files = 0;
  for (const auto& [name, names] : listing) files += names.size();
  return files;
}

/// As sha256sum prints it.
std::string line_of(const std::string& sum, const std::string& name, const std::string& file) {
  return fmt::format("{}  {}/{}\n", sum, name, file);
}

/// Adds pictures of one size to samples.
class Pictures {
 public:
  void add(const fs::path& path, std::string_view content, Samples& samples) {
    const Picture8 picture = picture_of(content, path);
    const Shape shape = shape_of(picture);
    if (shape_.empty()) {
      shape_ = shape;
      first_ = path;
    } else if (shape != shape_) {
      fail(path,
           fmt::format("is {}, but {} is {} (channels × height × width); expected pictures of one "
                       "size and kind",
                       to_text(shape), printable(first_.string()), to_text(shape_)));
    }
    samples.features.insert(samples.features.end(), picture.bytes.begin(), picture.bytes.end());
  }

  const Shape& shape() const { return shape_; }

 private:
  Shape shape_;
  fs::path first_;
};

class Images final : public Dataset {
 public:
  static std::unique_ptr<Dataset> from(Options& options) {
    std::string train = options.text("train");
    return std::make_unique<Images>(std::move(train), options.optional_text("test"));
  }

  Images(fs::path train, std::optional<fs::path> test)
      : train_(std::move(train)), test_(std::move(test)) {}

  /// Of the files' names and the first picture.
  DataFacts facts() const override {
    const Listing train = list_train();
    const auto& [name, files] = *train.begin();
    const fs::path first = train_ / name / files.front();
    Samples one;
    Pictures pictures;
    pictures.add(first, picture_bytes(first), one);
    return {pictures.shape(), train.size(), count(train), count(list_test(train)), false};
  }

  Data load(const std::optional<fs::path>& /*folder*/) const override {
    const Listing train = list_train();
    const Listing test = list_test(train);
    Pictures pictures;
    Data data;
    data.train = load_part(train_, train, train, pictures, data.files);
    if (test_) data.test = load_part(*test_, test, train, pictures, data.files);
    data.sample = pictures.shape();
    data.classes = train.size();
    return data;
  }

  std::vector<std::string> checksums() const override {
    const Listing train = list_train();
    std::vector<std::string> sums = {checksum_of(train_, train)};
    if (test_) sums.push_back(checksum_of(*test_, list_test(train)));
    return sums;
  }

  std::vector<fs::path> places(const std::optional<fs::path>& /*folder*/) const override {
    return {};
  }

 private:
  Listing list_train() const {
    Listing listing = list(train_);
    check_classes(listing.size(), train_.string(), "folders of pictures");
    return listing;
  }

  Listing list_test(const Listing& train) const {
    if (!test_) return {};
    Listing listing = list(*test_);
    Names known;
    for (const auto& [name, files] : train) known.push_back(name);
    for (const auto& [name, files] : listing) {
      if (train.contains(name)) continue;
      fail(*test_ / name, fmt::format("no class of {}{}", printable(train_.string()),
                                      suggestion_or_known(name, known)));
    }
    if (listing.empty()) fail(*test_, "holds no folders of pictures");
    return listing;
  }

  /// One checksum stands for all files: of the lines that sha256sum would print for them.
  static std::string checksum_of(const fs::path& root, const Listing& listing) {
    std::string lines;
    for (const auto& [name, files] : listing) {
      for (const auto& file : files) {
        lines += line_of(sha256(picture_bytes(root / name / file)), name, file);
      }
    }
    return sha256(lines);
  }

  /// Reads the files in turns; `classes` has the names of all classes.
  static Samples load_part(const fs::path& root, const Listing& listing, const Listing& classes,
                           Pictures& pictures, std::vector<SourceFile>& sources) {
    Samples samples;
    std::map<std::string, std::string> lines;
    for (std::size_t turn = 0; samples.count() < count(listing); ++turn) {
      std::uint32_t label = 0;
      for (const auto& [name, unused] : classes) {
        const auto found = listing.find(name);
        if (found != listing.end() && turn < found->second.size()) {
          const std::string& file = found->second[turn];
          const std::string content = picture_bytes(root / name / file);
          pictures.add(root / name / file, content, samples);
          if (samples.labels.empty()) {
            samples.features.reserve(count(listing) * elements(pictures.shape()));
          }
          samples.labels.push_back(label);
          lines[name] += line_of(sha256(content), name, file);
        }
        ++label;
      }
    }
    std::string all;
    for (const auto& [name, text] : lines) all += text;
    sources.push_back({root.string(), sha256(all)});
    return samples;
  }

  fs::path train_;
  std::optional<fs::path> test_;
};

const Register<Dataset> kImages{"images", "images: {train: pictures/train, test: pictures/test}",
                                "PNG files, a folder for each class", Images::from};

}  // namespace
}  // namespace nnrun
