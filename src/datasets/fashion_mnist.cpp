// fashion_mnist: 70000 pictures of clothing, 28 × 28 pixels of 0 to 255, ten classes.
//   60000 training and 10000 test images, checked by SHA-256
// Source:  Xiao, Rasul, Vollgraf 2017, "Fashion-MNIST: a novel image dataset for benchmarking
//          machine learning algorithms"
// Shapes:  samples [N, 1, 28, 28], labels [N] in 0 … 9
// Options: none; dataset.dir names a folder to take instead of the usual ones
// Errors:  not found (the message lists where it looked and the package that has it); other
//          content than the published files
#include "core/idx_dataset.h"
#include "core/registry.h"

namespace nnrun {
namespace {

const KnownIdx& fashion_mnist() {
  static const KnownIdx kKnown{"fashion_mnist",
                               "fashion-mnist",
                               {"c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"},
                               {{1, 28, 28}, 10, 60000, 10000, false, 1.05},
                               "To get it: apt install dataset-fashion-mnist"};
  return kKnown;
}

const Register<Dataset> kFashionMnist{
    "fashion_mnist", "fashion_mnist", "pictures of clothing, 60000 + 10000 of 28 x 28",
    [](Options&) { return std::make_unique<KnownIdxDataset>(fashion_mnist()); }};

}  // namespace
}  // namespace nnrun
