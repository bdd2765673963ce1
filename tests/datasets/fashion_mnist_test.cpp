#include "datasets/published_set.h"

namespace nnrun {
namespace {

using test::make_from;

constexpr const char* kFolder = "/usr/share/datasets/fashion-mnist";

TEST_CASE("fashion_mnist: Debian's package is the published data set") {
  if (!std::filesystem::exists(kFolder)) {
    MESSAGE("skipped: the package dataset-fashion-mnist is not installed");
    return;
  }
  const Data data = make_from<Dataset>("fashion_mnist")->load(kFolder);
  test::check_published(data);
  // 6000 and 1000 of each class, as the paper's section 2 says.
  for (const std::size_t count : test::class_counts(data.train)) CHECK_EQ(count, 6000);
  for (const std::size_t count : test::class_counts(data.test)) CHECK_EQ(count, 1000);
}

TEST_CASE("fashion_mnist: the last place is Debian's") {
  CHECK_EQ(make_from<Dataset>("fashion_mnist")->places({}).back(), kFolder);
}

TEST_CASE("fashion_mnist: its size and its remedy are known without its files") {
  test::check_without_files("fashion_mnist", "apt install dataset-fashion-mnist");
}

}  // namespace
}  // namespace nnrun
