// What the published data sets of MNIST's format have in common.
#pragma once

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

#include "core/dataset.h"
#include "support.h"

namespace nnrun::test {

/// A published set says its size without its files, and how to get them when they are absent.
inline void check_without_files(const std::string& name, const std::string& remedy) {
  const auto dataset = make_from<Dataset>(name);
  const DataFacts facts = dataset->facts();
  CHECK(facts.sample == Shape{1, 28, 28});
  CHECK_EQ(facts.classes, 10);
  CHECK_EQ(facts.train, 60000);
  CHECK_EQ(facts.test, 10000);
  const TemporaryFolder empty;
  CHECK(contains(error_of([&] { dataset->load(empty.path()); }), remedy));
}

/// 60000 + 10000 images of 28 × 28 pixels of all grey levels, in ten classes.
inline void check_published(const Data& data) {
  CHECK(data.sample == Shape{1, 28, 28});
  CHECK_EQ(data.classes, 10);
  CHECK_EQ(data.train.count(), 60000);
  CHECK_EQ(data.test.count(), 10000);
  CHECK_EQ(data.train.features.size(), 60000 * 784);
  CHECK_EQ(data.test.features.size(), 10000 * 784);
  CHECK_EQ(*std::max_element(data.train.features.begin(), data.train.features.end()), 255);
  CHECK_EQ(*std::max_element(data.train.labels.begin(), data.train.labels.end()), 9);
  CHECK_EQ(data.files.size(), 4);
}

inline std::array<std::size_t, 10> class_counts(const Samples& samples) {
  std::array<std::size_t, 10> counts{};
  for (const std::uint32_t label : samples.labels) ++counts.at(label);
  return counts;
}

/// The folder of a data set below $NNRUN_DATA_DIR, where it has the test images.
inline std::optional<std::filesystem::path> data_folder(const std::string& name) {
  const char* root = std::getenv("NNRUN_DATA_DIR");
  if (root == nullptr) return std::nullopt;
  const auto folder = std::filesystem::path(root) / name;
  const bool there = std::filesystem::exists(folder / "t10k-images-idx3-ubyte.gz") ||
                     std::filesystem::exists(folder / "t10k-images-idx3-ubyte");
  return there ? std::optional(folder) : std::nullopt;
}

}  // namespace nnrun::test
