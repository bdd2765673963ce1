#include <algorithm>
#include <cmath>
#include <string>

#include "core/dataset.h"
#include "npy_file.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;
using test::make_from;
using test::mistakes_in;
using test::npy_file;
using test::TemporaryFolder;
using test::write_bytes;

using Bytes = std::vector<std::uint8_t>;

const std::string kImages = npy_file<std::uint8_t>("|u1", "(3, 1, 2)", {0, 1, 2, 3, 254, 255});
const std::string kLabels = npy_file<std::int64_t>("<i8", "(3,)", {2, 0, 1});

/// Files in a folder of their own: training features and labels, test features and labels.
struct Files {
  explicit Files(const std::vector<std::string>& contents) {
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < contents.size(); ++i) {
      paths.push_back(write_bytes(folder / ("f" + std::to_string(i)), contents[i]).string());
    }
    text = "npy: {train: {features: " + paths[0] + ", labels: " + paths[1] + "}";
    if (paths.size() > 2) text += ", test: {features: " + paths[2] + ", labels: " + paths[3] + "}";
    text += "}";
  }
  Data load() const { return make_from<Dataset>(text)->load({}); }
  std::string mistake() const {
    const std::string what = error_of([&] { load(); });
    const std::string in = folder.path().string() + "/";
    return what.starts_with(in) ? what.substr(in.size()) : what;
  }

  TemporaryFolder folder;
  std::string text;
};

TEST_CASE("npy: bytes stay bytes, labels of any integer type") {
  const Data data = Files({kImages, kLabels, npy_file<std::uint8_t>("|u1", "(1, 1, 2)", {7, 8}),
                           npy_file<std::uint16_t>("<u2", "(1,)", {1})})
                        .load();
  CHECK(data.sample == Shape{1, 1, 2});
  CHECK_EQ(data.classes, 3);
  CHECK(data.train.features == Bytes{0, 1, 2, 3, 254, 255});
  CHECK(data.train.labels == std::vector<std::uint32_t>{2, 0, 1});
  CHECK(data.test.features == Bytes{7, 8});
  CHECK(data.test.labels == std::vector<std::uint32_t>{1});
  CHECK_EQ(data.files.size(), 4);
}

TEST_CASE("npy: bytes and single precision may stay in their files") {
  for (const auto& features :
       {kImages, npy_file<float>("<f4", "(3, 2)", {0.5F, -1, 1e30F, 3, 4, 5})}) {
    const Files files({features, kLabels});
    const auto dataset = make_from<Dataset>(files.text);
    CHECK(dataset->can_be_mapped({}));
    const Data read = dataset->load({});
    const Data data = dataset->load_mapped({});
    REQUIRE(data.train.mapped);
    CHECK_EQ(data.train.are_numbers(), read.train.are_numbers());
    CHECK_EQ(data.train.width(), 2);
    CHECK(std::equal(read.train.features.begin(), read.train.features.end(), data.train.bytes()));
    CHECK(std::equal(read.train.numbers.begin(), read.train.numbers.end(), data.train.reals()));
    CHECK(checksums(data) == checksums(read));
  }
  const Files wide({npy_file<double>("<f8", "(3, 1)", {1, 2, 3}), kLabels});
  CHECK_FALSE(make_from<Dataset>(wide.text)->can_be_mapped({}));
  CHECK_EQ(make_from<Dataset>(wide.text)->load_mapped({}).train.numbers.size(), 3);
  const Files infinite({npy_file<float>("<f4", "(3, 1)", {1, 2, INFINITY}), kLabels});
  CHECK(contains(error_of([&] { make_from<Dataset>(infinite.text)->load_mapped({}); }),
                 "inf at [2, 0]; expected finite numbers"));
}

TEST_CASE("npy: floating-point numbers of rows and images") {
  const std::vector<double> values = {0.5, -1, 1e30, 3, 4, 5};
  const std::vector<float> expected = {0.5F, -1, 1e30F, 3, 4, 5};
  const Data rows = Files({npy_file<double>("<f8", "(3, 2)", values), kLabels}).load();
  CHECK(rows.sample == Shape{2});
  CHECK(rows.train.numbers == expected);
  CHECK(rows.train.features.empty());
  CHECK_EQ(rows.test.count(), 0);
  const Data images = Files({npy_file<float>("<f4", "(3, 2, 1, 1)", expected), kLabels}).load();
  CHECK(images.sample == Shape{2, 1, 1});
}

TEST_CASE("npy: facts and checksums are those of what is loaded") {
  const Files files({kImages, kLabels, npy_file<std::uint8_t>("|u1", "(2, 1, 2)", {7, 8, 9, 9}),
                     npy_file<std::uint8_t>("|u1", "(2,)", {1, 2})});
  const auto dataset = make_from<Dataset>(files.text);
  const DataFacts facts = dataset->facts();
  CHECK(facts.sample == Shape{1, 1, 2});
  CHECK_EQ(facts.classes, 3);
  CHECK_EQ(facts.train, 3);
  CHECK_EQ(facts.test, 2);
  CHECK_FALSE(facts.numbers);
  CHECK(dataset->checksums() == checksums(dataset->load({})));
  CHECK(make_from<Dataset>(Files({npy_file<float>("<f4", "(3, 1)", {1, 2, 3}), kLabels}).text)
            ->places({})
            .empty());
}

TEST_CASE("npy: files that do not fit each other or a network are refused") {
  struct Row {
    std::vector<std::string> files;
    std::string mistake;
  };
  const auto labels = [](const std::vector<std::int64_t>& values) {
    return npy_file<std::int64_t>("<i8", "(" + std::to_string(values.size()) + ",)", values);
  };
  const std::vector<Row> rows = {
      {{npy_file<float>("<f4", "(3,)", {1, 2, 3}), kLabels},
       "f0: an array of 3; expected [N, D], [N, H, W] or [N, C, H, W]"},
      {{npy_file<float>("<f4", "(3, 0)", {}), kLabels}, "f0: holds no samples: 3 × 0"},
      {{npy_file<std::int32_t>("<i4", "(3, 1)", {1, 2, 3}), kLabels},
       "f0: elements of type int32; expected uint8, float32 or float64"},
      {{kImages, npy_file<float>("<f4", "(3,)", {0, 1, 2})},
       "f1: an array of 3 of type float32; expected [N] whole numbers"},
      {{kImages, npy_file<std::int64_t>("<i8", "(3, 1)", {0, 1, 2})}, "f1: an array of 3 × 1 of"},
      {{kImages, labels({0, 1})}, "f0: has 3 samples, but "},
      {{kImages, labels({0, -1, 1})}, "f1: label -1 at [1]; expected 0 to 4095"},
      {{kImages, labels({0, 1, 4096})}, "f1: label 4096 at [2]; expected 0 to 4095"},
      {{kImages, labels({0, 0, 0})}, "f1: 1 classes (the largest label and one); expected 2"},
      {{kImages, kLabels, npy_file<std::uint8_t>("|u1", "(1, 1, 2)", {7, 8}), labels({3})},
       "f3: label 3 at [0]; expected 0 to 2: the classes of the training labels"},
      {{kImages, kLabels, npy_file<std::uint8_t>("|u1", "(1, 2, 1)", {7, 8}), labels({1})},
       "f2: has samples of 1 × 2 × 1 bytes, but "},
      {{kImages, kLabels, npy_file<float>("<f4", "(1, 1, 2)", {7, 8}), labels({1})},
       "f2: has samples of 1 × 1 × 2 numbers, but "},
      {{kImages.substr(0, kImages.size() - 1), kLabels}, "is it complete?"},
      {{npy_file<float>("<f4", "(3, 1)", {1, 2, 3}, true), kLabels}, "f0: in Fortran order"},
  };
  for (const Row& row : rows) {
    const std::string found = Files(row.files).mistake();
    CHECK_MESSAGE(contains(found, row.mistake), found);
  }
}

TEST_CASE("npy: options are read strictly") {
  const std::string found = mistakes_in<Dataset>("npy: {train: {features: a, label: b}, test: c}");
  CHECK(contains(found, "npy.train: unknown key 'label'; did you mean 'labels'?"));
  CHECK(contains(found, "npy.train: missing key 'labels'"));
  CHECK(contains(found, "npy.test: expected a mapping of options"));
}

}  // namespace
}  // namespace nnrun
