#include "core/idx_dataset.h"

#include <algorithm>
#include <string>

#include "base/checksum.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::EnvironmentVariable;
using test::error_of;
using test::gzip_bytes;
using test::idx_bytes;
using test::TemporaryFolder;
using test::write_bytes;

using Bytes = std::vector<std::uint8_t>;

/// Three training and two test images of 1 × 2 pixels, of three classes.
const std::array<std::string, 4> kFiles = {
    idx_bytes({3, 1, 2}, {0, 1, 2, 3, 254, 255}), idx_bytes({3}, {2, 0, 1}),
    idx_bytes({2, 1, 2}, {9, 8, 7, 6}), idx_bytes({2}, {1, 2})};

IdxPaths write_files(const std::filesystem::path& folder, const std::array<std::string, 4>& files,
                     const std::string& ending = "") {
  std::filesystem::create_directories(folder);
  IdxPaths paths;
  for (std::size_t i = 0; i < 4; ++i) {
    paths.at(i) = write_bytes(folder / (kIdxNames.at(i) + ending), files.at(i));
  }
  return paths;
}

std::string sha256_of(const std::string& bytes) {
  return sha256({Bytes(bytes.begin(), bytes.end())});
}

KnownIdx known_tiny() {
  KnownIdx known{"tiny", "tiny-set", {}, {{1, 1, 2}, 3, 3, 2}, "To get it: ask"};
  for (std::size_t i = 0; i < 4; ++i) known.sha256.at(i) = sha256_of(kFiles.at(i));
  return known;
}

void check_tiny(const Data& data) {
  CHECK(data.sample == Shape{1, 1, 2});
  CHECK_EQ(data.classes, 3);
  CHECK(data.train.features == Bytes{0, 1, 2, 3, 254, 255});
  CHECK(data.train.labels == std::vector<std::uint32_t>{2, 0, 1});
  CHECK(data.test.features == Bytes{9, 8, 7, 6});
  CHECK(data.test.labels == std::vector<std::uint32_t>{1, 2});
  REQUIRE_EQ(data.files.size(), 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK_EQ(data.files[i].sha256, sha256_of(kFiles.at(i)));
}

/// The error of loading the tiny files with one of them replaced.
std::string error_with(std::size_t index, const std::string& bytes) {
  const TemporaryFolder folder;
  auto files = kFiles;
  files.at(index) = bytes;
  const IdxPaths paths = write_files(folder.path(), files);
  return error_of([&] { load_idx(paths, 3); });
}

TEST_CASE("idx dataset: four files are read with their checksums") {
  const TemporaryFolder folder;
  check_tiny(load_idx(write_files(folder.path(), kFiles), 3));
}

TEST_CASE("idx dataset: counts of images and labels must agree") {
  const std::string error = error_with(1, idx_bytes({2}, {2, 0}));
  CHECK(contains(error, "train-images-idx3-ubyte has 3 images, but "));
  CHECK(contains(error, "train-labels-idx1-ubyte has 2 labels"));
}

TEST_CASE("idx dataset: headers are compared before any pixel is read") {
  // Both files are too short for what they claim; that they do not fit each other comes first.
  CHECK(contains(error_with(0, idx_bytes({9, 1, 2}, {})), "has 9 images, but "));
  CHECK(contains(error_with(2, idx_bytes({2, 7, 7}, {})), "has images of 1 × 2, but "));
}

TEST_CASE("idx dataset: the checksums of a known set need no files") {
  const KnownIdx known = known_tiny();
  const auto sums = KnownIdxDataset(known).checksums();
  CHECK(std::equal(sums.begin(), sums.end(), known.sha256.begin(), known.sha256.end()));
}

TEST_CASE("idx dataset: labels must be below the number of classes") {
  CHECK(
      contains(error_with(3, idx_bytes({2}, {1, 3})),
               "t10k-labels-idx1-ubyte: label 3 of sample 1 is out of range: there are 3 classes, "
               "0 to 2"));
}

TEST_CASE("idx dataset: training and test images must have one size") {
  CHECK(contains(error_with(2, idx_bytes({2, 2, 1}, {9, 8, 7, 6})), "has images of 1 × 2, but "));
}

TEST_CASE("idx dataset: files without samples are refused") {
  const TemporaryFolder folder;
  auto files = kFiles;
  files[0] = idx_bytes({0, 1, 2}, {});
  files[1] = idx_bytes({0}, {});
  const IdxPaths paths = write_files(folder.path(), files);
  CHECK(contains(error_of([&] { load_idx(paths, 3); }), "holds no samples"));
  files[0] = idx_bytes({3, 0, 2}, {});
  files[1] = kFiles[1];
  files[2] = idx_bytes({2, 0, 2}, {});
  write_files(folder.path(), files);
  CHECK(contains(error_of([&] { load_idx(paths, 3); }), "holds no samples"));
}

TEST_CASE("idx dataset: a known set is read plain or compressed") {
  const KnownIdx known = known_tiny();
  const TemporaryFolder folder;
  write_files(folder / "plain", kFiles);
  check_tiny(KnownIdxDataset(known).load(folder / "plain"));
  auto compressed = kFiles;
  for (std::string& bytes : compressed) bytes = gzip_bytes(bytes);
  write_files(folder / "gz", compressed, ".gz");
  check_tiny(KnownIdxDataset(known).load(folder / "gz"));
}

TEST_CASE("idx dataset: a known set with other content is refused") {
  const KnownIdx known = known_tiny();
  const TemporaryFolder folder;
  auto files = kFiles;
  files[2].back() = 5;
  write_files(folder.path(), files);
  const std::string error = error_of([&] { KnownIdxDataset(known).load(folder.path()); });
  CHECK(contains(error, "t10k-images-idx3-ubyte: not the file of tiny: its content has SHA-256"));
  CHECK(contains(error, known.sha256[2]));
  CHECK(contains(error, "To get it: ask"));
}

TEST_CASE("idx dataset: the places are searched in their order") {
  const KnownIdx known = known_tiny();
  const EnvironmentVariable data("NNRUN_DATA_DIR", "/from/variable");
  const EnvironmentVariable home("HOME", "/home/someone");
  using Paths = std::vector<std::filesystem::path>;
  CHECK(KnownIdxDataset(known).places({}) == Paths{"/from/variable/tiny", "data/tiny",
                                                   "/home/someone/.cache/nnrun/tiny",
                                                   "/usr/share/datasets/tiny-set"});
  CHECK(KnownIdxDataset(known).places("/given") == Paths{"/given"});
  const EnvironmentVariable none("NNRUN_DATA_DIR", "");
  CHECK_EQ(KnownIdxDataset(known).places({}).front(), "data/tiny");
}

TEST_CASE("idx dataset: a place without all four files is passed over") {
  const KnownIdx known = known_tiny();
  const TemporaryFolder folder;
  const EnvironmentVariable data("NNRUN_DATA_DIR", (folder / "data").string());
  const EnvironmentVariable home("HOME", (folder / "home").string());
  write_files(folder / "data/tiny", kFiles);
  std::filesystem::remove(folder / "data/tiny/t10k-labels-idx1-ubyte");
  const KnownIdxDataset dataset(known);
  const std::string error = error_of([&] { dataset.load({}); });
  CHECK(contains(error, "data set 'tiny' not found. Looked for train-images-idx3-ubyte"));
  for (const auto& place : dataset.places({})) CHECK(contains(error, "\n  " + place.string()));
  CHECK(contains(error, (folder / "data/tiny").string() + " (lacks t10k-labels-idx1-ubyte)\n"));
  CHECK_FALSE(contains(error, "tiny-set (lacks"));
  CHECK(contains(error, "\nTo get it: ask"));
  write_files(folder / "home/.cache/nnrun/tiny", kFiles);
  check_tiny(dataset.load({}));
}

TEST_CASE("idx dataset: the folder of the experiment is the only one searched") {
  const KnownIdx known = known_tiny();
  const TemporaryFolder folder;
  const EnvironmentVariable data("NNRUN_DATA_DIR", folder.path().string());
  write_files(folder / "tiny", kFiles);
  CHECK(contains(error_of([&] { KnownIdxDataset(known).load(folder / "other"); }), "not found"));
}

}  // namespace
}  // namespace nnrun
