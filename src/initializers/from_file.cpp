// from_file: starting values from a NumPy file, such as another tool or another run wrote.
//   w = the file's array
// Source:  NumPy Enhancement Proposal 1 (the format)
// Shapes:  any; the file's must be the parameter's as documented: dense weights are [K, D]
// Options: file    path of a .npy file of float32 or float64 in C order, relative to the current folder
//          sha256  of the file; default: that of the file as it is, so that a resolved experiment
//                  names what it was trained with
// Errors:  a file that is missing, damaged, of another type, order or shape, not finite everywhere, or
//          of another checksum
#include <fmt/format.h>

#include <map>
#include <mutex>

#include "base/error.h"
#include "base/npy_reader.h"
#include "core/initializer.h"
#include "core/registry.h"

namespace nnrun {
namespace {

struct ReadFile {
  NpyArray array;
  std::string sha256;
};

std::shared_ptr<const ReadFile> read(const std::string& path) {
  NpyReader reader(path);
  if (reader.type().is_whole()) {
    reader.fail(
        fmt::format("elements of type {}; expected float32 or float64", reader.type().text()));
  }
  reader.read();
  return std::make_shared<ReadFile>(
      ReadFile{{reader.shape(), reader.numbers<Scalar>()}, reader.sha256()});
}

/// Reads a file once for all that use it at a time: the runs of a grid are read one by one, and all
/// of them are to start with the same values.
std::shared_ptr<const ReadFile> read_once(const std::string& path) {
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const ReadFile>> files;
  const std::scoped_lock lock(mutex);
  auto& known = files[path];
  auto file = known.lock();
  if (file == nullptr) known = file = read(path);
  return file;
}

class FromFile final : public Initializer {
 public:
  explicit FromFile(Options& options) : path_(options.text("file")) {
    if (options.has("file") && options.opens_files()) try_to_read(options);
    if (file_ == nullptr) {
      options.optional_text("sha256");
    } else if (options.text("sha256", file_->sha256) != file_->sha256) {
      options.fail("sha256", fmt::format("{} is another file: its SHA-256 is {}", printable(path_),
                                         file_->sha256));
    }
  }

  void check(const Shape& shape) const override {
    if (file_ == nullptr || file_->array.shape == shape) return;
    throw Misfit(fmt::format("{}: an array of shape {}, expected {}", printable(path_),
                             to_text(file_->array.shape), to_text(shape)));
  }

  void fill(const Stream& /*stream*/, const Shape& /*shape*/, const Fans& /*fans*/,
            std::span<double> values) const override {
    std::copy(file_->array.values.begin(), file_->array.values.end(), values.begin());
  }

 private:
  void try_to_read(const Options& options) {
    try {
      file_ = read_once(path_);
    } catch (const Error& error) {
      options.fail("file", error.what());
    }
  }

  std::string path_;
  std::shared_ptr<const ReadFile>
      file_;  ///< null after a mistake that was told, and where files are not opened
};

const Register<Initializer> kFromFile{
    "from_file", "from_file: {file: weights.npy}", "the values of a .npy file",
    [](Options& options) { return std::make_unique<FromFile>(options); }};

}  // namespace
}  // namespace nnrun
