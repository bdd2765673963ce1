#include <algorithm>
#include <string>

#include "core/dataset.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;
using test::gzip_bytes;
using test::idx_bytes;
using test::make_from;
using test::mistakes_in;
using test::TemporaryFolder;
using test::write_bytes;

/// The leaf's text for four tiny files in `folder`, the images compressed.
std::string tiny(const TemporaryFolder& folder, const std::string& more = "") {
  write_bytes(folder / "a", gzip_bytes(idx_bytes({2, 1, 2}, {0, 1, 254, 255})));
  write_bytes(folder / "b", idx_bytes({2}, {1, 0}));
  write_bytes(folder / "c", gzip_bytes(idx_bytes({1, 1, 2}, {7, 8})));
  write_bytes(folder / "d", idx_bytes({1}, {9}));
  const std::string path = folder.path().string() + "/";
  return "idx: {train_images: " + path + "a, train_labels: " + path + "b, test_images: " + path +
         "c, test_labels: " + path + "d" + more + "}";
}

TEST_CASE("idx: four tiny files are read") {
  const TemporaryFolder folder;
  const auto dataset = make_from<Dataset>(tiny(folder));
  const Data data = dataset->load({});
  CHECK(data.train.features == std::vector<std::uint8_t>{0, 1, 254, 255});
  CHECK(data.train.labels == std::vector<std::uint32_t>{1, 0});
  CHECK(data.test.labels == std::vector<std::uint32_t>{9});
  CHECK(dataset->places({}).empty());
}

TEST_CASE("idx: images of plain files may stay in them") {
  const TemporaryFolder folder;
  const auto compressed = make_from<Dataset>(tiny(folder));
  CHECK_FALSE(compressed->can_be_mapped({}));
  const Data read = compressed->load_mapped({});
  CHECK_FALSE(read.train.mapped);
  write_bytes(folder / "a", idx_bytes({2, 1, 2}, {0, 1, 254, 255}));
  write_bytes(folder / "c", idx_bytes({1, 1, 2}, {7, 8}));
  CHECK(compressed->can_be_mapped({}));
  const Data data = compressed->load_mapped({});
  CHECK(data.train.features.empty());
  CHECK_EQ(data.train.width(), 2);
  CHECK(std::equal(read.train.features.begin(), read.train.features.end(), data.train.bytes()));
  CHECK(std::equal(read.test.features.begin(), read.test.features.end(), data.test.bytes()));
  CHECK(checksums(data) == checksums(read));
  write_bytes(folder / "a", idx_bytes({2, 1, 2}, {0, 1, 254}));
  CHECK(contains(error_of([&] { compressed->load_mapped({}); }), "is it complete?"));
}

TEST_CASE("idx: facts come from the header of the training images") {
  const TemporaryFolder folder;
  const DataFacts facts = make_from<Dataset>(tiny(folder))->facts();
  CHECK(facts.sample == Shape{1, 1, 2});
  CHECK_EQ(facts.classes, 10);
  CHECK_EQ(facts.train, 2);
}

TEST_CASE("idx: labels are below the classes asked for") {
  const TemporaryFolder folder;
  CHECK_EQ(make_from<Dataset>(tiny(folder, ", classes: 11"))->load({}).classes, 11);
  const auto few = make_from<Dataset>(tiny(folder, ", classes: 9"));
  CHECK(contains(error_of([&] { few->load({}); }), "label 9 of sample 0 is out of range"));
}

TEST_CASE("idx: a missing file is an error of facts and of load") {
  const TemporaryFolder folder;
  const auto dataset = make_from<Dataset>(tiny(folder));
  std::filesystem::remove(folder / "a");
  CHECK(contains(error_of([&] { dataset->facts(); }), "No such file or directory"));
  CHECK(contains(error_of([&] { dataset->load({}); }), "No such file or directory"));
}

TEST_CASE("idx: all four paths must be given as text") {
  const std::string found = mistakes_in<Dataset>("idx: {train_images: 3, classes: 1}");
  CHECK(contains(found, "idx.train_images: expected text"));
  CHECK(contains(found, "missing key 'train_labels'"));
  CHECK(contains(found, "missing key 'test_images'"));
  CHECK(contains(found, "missing key 'test_labels'"));
  CHECK(contains(found, "idx.classes: expected a whole number from 2 to 256, got 1"));
}

}  // namespace
}  // namespace nnrun
