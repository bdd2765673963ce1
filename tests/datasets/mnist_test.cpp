#include "datasets/published_set.h"

namespace nnrun {
namespace {

using test::make_from;

TEST_CASE("mnist: the files are the published data set") {
  const auto folder = test::data_folder("mnist");
  if (!folder) {
    MESSAGE("skipped: MNIST is not in NNRUN_DATA_DIR");
    return;
  }
  const Data data = make_from<Dataset>("mnist")->load(folder);
  test::check_published(data);
  // The digits are not equally frequent: 5923 zeros and 6742 ones to train, 980 zeros to test.
  CHECK_EQ(test::class_counts(data.train)[0], 5923);
  CHECK_EQ(test::class_counts(data.train)[1], 6742);
  CHECK_EQ(test::class_counts(data.test)[0], 980);
}

TEST_CASE("mnist: its size and its remedy are known without its files") {
  test::check_without_files("mnist", "tools/fetch_data mnist");
}

TEST_CASE("mnist: another set of the same shape is refused") {
  constexpr const char* kFashion = "/usr/share/datasets/fashion-mnist";
  if (!std::filesystem::exists(kFashion)) {
    MESSAGE("skipped: the package dataset-fashion-mnist is not installed");
    return;
  }
  const auto load = [&] { make_from<Dataset>("mnist")->load(kFashion); };
  CHECK(test::contains(test::error_of(load), "not the file of mnist"));
}

}  // namespace
}  // namespace nnrun
