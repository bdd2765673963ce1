#include "experiment/compute_spec.h"

#include <fmt/format.h>

#include "base/text.h"

namespace nnrun {

namespace {

void read_features(Options& options, Experiment& experiment, bool facts_known) {
  const auto form = options.choice("features", {"auto", "dense", "sparse"}, "auto");
  experiment.feed.features = form == "auto"    ? FeatureForm::kAuto
                             : form == "dense" ? FeatureForm::kDense
                                               : FeatureForm::kSparse;
  if (form == "sparse" && !experiment.feed.augmentations.empty()) {
    options.fail(
        "features",
        "sparse takes the data set's own bytes, which dataset.augment changes; use auto or "
        "dense");
  }
  const std::size_t width = elements(experiment.data.facts.sample);
  if (form == "sparse" && experiment.data.facts.numbers) {
    options.fail("features",
                 fmt::format("sparse takes bytes, but the samples of {} are numbers; use "
                             "auto or dense",
                             experiment.data.name));
  }
  if (form == "sparse" && facts_known && width > ByteBlocks::kWidest) {
    options.fail("features", fmt::format("sparse takes samples of at most {} features, those of "
                                         "{} have {}",
                                         ByteBlocks::kWidest, experiment.data.name, width));
  }
}

void read_memory(Options& options, Experiment& experiment) {
  const auto text = options.optional_text("memory");
  if (!text) return;
  experiment.memory = parse_byte_size(*text);
  if (!experiment.memory) {
    options.fail("memory", fmt::format("expected bytes such as 500MB, 1GB or 1.5 GB, got '{}'",
                                       printable(*text)));
  }
  experiment.data.mapped = true;
  experiment.data.key += "\nmapped";
  experiment.feed.streamed = true;
}

}  // namespace

void read_compute(Options& top, Experiment& experiment, bool facts_known) {
  Options options(top.mapping("compute", false));
  read_features(options, experiment, facts_known);
  experiment.feed.shards.most =
      static_cast<std::size_t>(options.whole("shards", whole_between(1, 4096), 16));
  const auto reduction = options.choice("reduction", {"exact", "fast"}, "exact");
  experiment.feed.reduction = reduction == "fast" ? Reduction::kFast : Reduction::kExact;
  read_memory(options, experiment);
  options.finish();
}

}  // namespace nnrun
