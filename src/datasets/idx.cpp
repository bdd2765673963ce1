// idx: any four files in the format of MNIST, named one by one.
//   images and labels for training and for testing; plain or gzip
// Source:  LeCun, Cortes, Burges, "The MNIST database", the IDX file format
// Shapes:  samples [N, 1, H, W] of unsigned bytes, labels [N] in 0 … classes − 1
// Options: train_images, train_labels, test_images, test_labels
//                   paths, relative to the current folder
//          classes  whole number from 2 to 256, default 10
// Errors:  a file that is missing, damaged, of another format, or at odds with its partner
#include "base/idx.h"

#include "core/idx_dataset.h"
#include "core/registry.h"

namespace nnrun {
namespace {

class IdxFiles final : public Dataset {
 public:
  static std::unique_ptr<Dataset> from(Options& options) {
    IdxPaths paths = {options.text("train_images"), options.text("train_labels"),
                      options.text("test_images"), options.text("test_labels")};
    const auto classes = options.whole("classes", whole_between(2, 256), 10);
    return std::make_unique<IdxFiles>(std::move(paths), static_cast<std::size_t>(classes));
  }

  IdxFiles(IdxPaths paths, std::size_t classes) : paths_(std::move(paths)), classes_(classes) {}

  DataFacts facts() const override {
    const Shape shape = read_idx_shape(paths_[0], 3);
    return {{1, shape[1], shape[2]}, classes_, shape[0], read_idx_shape(paths_[2], 3)[0]};
  }

  Data load(const std::optional<std::filesystem::path>& /*folder*/) const override {
    return load_idx(paths_, classes_);
  }

  Data load_mapped(const std::optional<std::filesystem::path>& /*folder*/) const override {
    return load_idx(paths_, classes_, Values::kMapped);
  }
  bool can_be_mapped(const std::optional<std::filesystem::path>& /*folder*/) const override {
    return can_map_idx(paths_);
  }

  std::vector<std::string> checksums() const override {
    return nnrun::checksums(load_idx(paths_, classes_, Values::kMapped));
  }

  std::vector<std::filesystem::path> places(
      const std::optional<std::filesystem::path>& /*folder*/) const override {
    return {};
  }

 private:
  IdxPaths paths_;
  std::size_t classes_;
};

const Register<Dataset> kIdx{
    "idx", "idx: {train_images: a.gz, train_labels: b.gz, test_images: c.gz, test_labels: d.gz}",
    "any four files in the format of MNIST", IdxFiles::from};

}  // namespace
}  // namespace nnrun
