#include "core/kinds.h"

#include "core/augmentation.h"
#include "core/dataset.h"
#include "core/initializer.h"
#include "core/layer.h"
#include "core/loss.h"
#include "core/metric.h"
#include "core/optimizer.h"
#include "core/quantity.h"
#include "core/registry.h"
#include "core/schedule.h"
#include "core/search.h"

namespace nnrun {

namespace {

template <class Interface>
LeafFacts facts_of(const std::string& name) {
  const auto* entry = Registry<Interface>::instance().find(name);
  LeafFacts leaf{name, entry->summary, entry->example, {}, {}};
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  const bool made = make_example<Interface>(name, reading) != nullptr;
  leaf.mistakes = diagnostics.text();
  if (!made && leaf.mistakes.empty()) leaf.mistakes = "the example makes nothing";
  leaf.options = reading.mapping(Path() / name).options;
  return leaf;
}

template <class Interface>
std::vector<LeafFacts> leaves_of() {
  std::vector<LeafFacts> all;
  for (const std::string& name : Registry<Interface>::instance().names()) {
    all.push_back(facts_of<Interface>(name));
  }
  return all;
}

}  // namespace

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds = {
      {"layers", "layer", "an item of `network`", leaves_of<Layer>},
      {"losses", "loss", "`loss`, or an item of `metrics`", leaves_of<Loss>},
      {"optimizers", "optimizer", "`optimizer`", leaves_of<Optimizer>},
      {"schedules", "schedule", "`learning_rate`", leaves_of<Schedule>},
      {"initializers", "initializer", "an option of a layer, such as `weights` and `bias` of dense",
       leaves_of<Initializer>},
      {"metrics", "metric", "an item of `metrics`", leaves_of<Metric>,
       "any loss, measured and not trained on"},
      {"datasets", "dataset", "`dataset.name`", leaves_of<Dataset>},
      {"augmentations", "augmentation", "an item of `dataset.augment`", leaves_of<Augmentation>},
      {"searches", "search", "`search`", leaves_of<Search>},
      {"quantities", "quantity", "`quantity` of a manifest's claim", leaves_of<Quantity>},
  };
  return kKinds;
}

}  // namespace nnrun
