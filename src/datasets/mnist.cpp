// mnist: 70000 handwritten digits, 28 × 28 pixels of 0 to 255, ten classes.
//   60000 training and 10000 test images (section II of the report), checked by SHA-256
// Source:  LeCun, Bottou, Bengio, Haffner 1998, "Gradient-based learning applied to document
//          recognition"; LeCun, Cortes, Burges, "The MNIST database"
// Shapes:  samples [N, 1, 28, 28], labels [N] in 0 … 9
// Options: none; dataset.dir names a folder to take instead of the usual ones
// Errors:  not found (the message lists where it looked and the command that fetches it); other
//          content than the published files
#include "core/idx_dataset.h"
#include "core/registry.h"

namespace nnrun {
namespace {

const KnownIdx& mnist() {
  static const KnownIdx kKnown{"mnist",
                               "mnist",
                               {"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
                               {{1, 28, 28}, 10, 60000, 10000, false, 0.5},
                               "To fetch it: tools/fetch_data mnist"};
  return kKnown;
}

const Register<Dataset> kMnist{"mnist", "mnist", "handwritten digits, 60000 + 10000 of 28 x 28",
                               [](Options&) { return std::make_unique<KnownIdxDataset>(mnist()); }};

}  // namespace
}  // namespace nnrun
