// What the data sets made of four IDX files have in common.
#pragma once

#include <array>
#include <string>

#include "core/dataset.h"

namespace nnrun {

/// Training images, training labels, test images, test labels.
inline constexpr std::array<const char*, 4> kIdxNames = {
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte"};

using IdxPaths = std::array<std::filesystem::path, 4>;

/// Whether images are loaded, or left in plain files.
enum class Values { kLoaded, kMapped };

/// Reads and checks four files: counts and image sizes agree, labels are below `classes`.
Data load_idx(const IdxPaths& paths, std::size_t classes, Values values = Values::kLoaded);
/// Whether none of the images are compressed.
bool can_map_idx(const IdxPaths& paths);

/// A published data set, known by its content: looked for in the usual folders, checked by SHA-256.
struct KnownIdx {
  std::string name;                   ///< YAML name and folder name
  std::string debian_folder;          ///< below /usr/share/datasets
  std::array<std::string, 4> sha256;  ///< of the decompressed files, in the order of kIdxNames
  DataFacts facts;
  std::string remedy;  ///< how to get it: a command
};

/// Such a data set: the first of its places that has all four files counts. Each file may be plain
/// or have `.gz` added.
class KnownIdxDataset final : public Dataset {
 public:
  explicit KnownIdxDataset(const KnownIdx& known) : known_(known) {}

  DataFacts facts() const override { return known_.facts; }
  Data load(const std::optional<std::filesystem::path>& folder) const override {
    return load(folder, Values::kLoaded);
  }
  Data load_mapped(const std::optional<std::filesystem::path>& folder) const override {
    return load(folder, Values::kMapped);
  }
  bool can_be_mapped(const std::optional<std::filesystem::path>& folder) const override;
  std::vector<std::string> checksums() const override {
    return {known_.sha256.begin(), known_.sha256.end()};
  }

  /// `folder` alone when it is given; else $NNRUN_DATA_DIR/NAME, data/NAME, ~/.cache/nnrun/NAME,
  /// /usr/share/datasets/DEBIAN_FOLDER.
  std::vector<std::filesystem::path> places(
      const std::optional<std::filesystem::path>& folder) const override;

 private:
  Data load(const std::optional<std::filesystem::path>& folder, Values values) const;
  /// The files of the first place that has all four.
  std::optional<IdxPaths> find(const std::optional<std::filesystem::path>& folder) const;

  const KnownIdx& known_;
};

}  // namespace nnrun
