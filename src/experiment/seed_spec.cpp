#include "experiment/seed_spec.h"

namespace nnrun {

void read_seeds(Options& top, Experiment& experiment) {
  const WholeBounds bounds = whole_between(0, kLargestSeed);
  experiment.seed = static_cast<std::uint64_t>(top.whole("seed", bounds, 1));
  Options seeds(top.optional_mapping("seeds"));
  const auto read = [&](const char* purpose) {
    if (seeds.has(purpose)) return static_cast<std::uint64_t>(seeds.whole(purpose, bounds));
    seeds.record_optional(purpose, whole_form(bounds));
    return experiment.seed;
  };
  experiment.feed.split_seed = read("split");
  experiment.init_seed = read("init");
  experiment.feed.order_seed = read("order");
  seeds.finish();
}

}  // namespace nnrun
