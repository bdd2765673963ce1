#include "experiment/spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "config/json.h"
#include "core/registry.h"

namespace nnrun {

namespace {

class SpecReader {
 public:
  SpecReader(Node& document, Reading& reading)
      : document_(document), reading_(reading), top_({&document, {}, &reading}) {}

  std::optional<Experiment> read() {
    const std::size_t before = reading_.diagnostics.size();
    read_name();
    experiment_.description = top_.text("description", "");
    constexpr std::int64_t kLargestSeed = std::int64_t{1} << 53;  // exact in every tool's numbers
    experiment_.seed =
        static_cast<std::uint64_t>(top_.whole("seed", whole_between(0, kLargestSeed), 1));
    read_dataset();
    read_network();
    read_training();
    read_metrics();
    read_compute();
    top_.pass_over("grid");
    top_.finish();
    check_fit();
    check_batches();
    experiment_.feed.seed = experiment_.seed;
    experiment_.feed.smallest_shard = smallest_shard(experiment_.model.network.parameter_count());
    if (reading_.diagnostics.size() > before) return std::nullopt;
    return std::move(experiment_);
  }

 private:
  void read_name() {
    const Entry* entry = document_.is_mapping() ? document_.find("name") : nullptr;
    if (entry != nullptr && entry->value.is_sequence()) {
      top_.fail("name", "one experiment has one name; a list is no axis here");
    }
    experiment_.name = nnrun::read_name(top_);
  }

  void read_dataset() {
    Options options(top_.mapping("dataset", true));
    const std::size_t before = reading_.diagnostics.size();
    auto made = make<Dataset>(options.leaf("name"));
    DataSource& data = experiment_.data;
    data.name = made.name;
    // With a mistake in its options it is not the data set that was meant: nothing follows from it.
    if (reading_.diagnostics.size() == before) data.dataset = std::move(made.leaf);
    if (const auto folder = options.optional_text("dir")) data.folder = *folder;
    if (made.slot.node != nullptr) data.key = to_json(*made.slot.node).dump();
    data.key += "\n" + (data.folder ? data.folder->string() : "");
    if (data.dataset && data.folder && data.dataset->places(data.folder).empty()) {
      options.fail("dir", data.name + " names its own files; a folder would be ignored");
    }
    read_facts(options);
    read_split(options);
    read_scale(options);
    read_labels(options);
    options.finish();
  }

  void read_facts(const Options& options) {
    if (!experiment_.data.dataset) return;
    try {
      experiment_.data.facts = experiment_.data.dataset->facts();
      facts_known_ = true;
    } catch (const Error& error) {
      options.fail("name", error.what());
    }
  }

  void read_split(Options& options) {
    SplitPlan& plan = experiment_.feed.split;
    const std::size_t before = reading_.diagnostics.size();
    Options split(options.mapping("split", false));
    plan.train = split.share("train", 0.8);
    plan.validation = split.share("validation", 0.2);
    split.finish();
    const bool known = reading_.diagnostics.size() == before;
    const auto shuffle = options.choice("shuffle", {"never", "once", "every_epoch"}, "once");
    plan.shuffle = shuffle == "never"  ? Shuffle::kNever
                   : shuffle == "once" ? Shuffle::kOnce
                                       : Shuffle::kEveryEpoch;
    if (facts_known_ && known) check_split(options);
    split_known_ = facts_known_ && known && reading_.diagnostics.size() == before;
  }

  void check_split(const Options& options) {
    const std::size_t samples = experiment_.data.facts.train;
    const SplitCounts counts = split_counts(experiment_.feed.split, samples);
    if (counts.train == 0) {
      options.fail("split", "leaves no samples to train on");
    } else if (counts.train > samples || counts.validation > samples - counts.train) {
      options.fail("split",
                   fmt::format("train and validation add up to {} samples, but the training "
                               "file of {} has {}",
                               counts.train + counts.validation, experiment_.data.name, samples));
    }
  }

  void read_scale(Options& options) {
    const auto scale = options.choice("scale", {"none", "unit", "standard"}, "unit");
    experiment_.feed.scale = scale == "none"   ? Scale::kNone
                             : scale == "unit" ? Scale::kUnit
                                               : Scale::kStandard;
  }

  void read_labels(Options& options) {
    const Slot slot = options.leaf("labels", "classes");
    const auto leaf = read_leaf(slot);
    labels_known_ = leaf && (leaf->name == "classes" || leaf->name == "one_vs_rest");
    if (!leaf) return;
    if (!labels_known_) {
      return slot.fail(
          fmt::format("expected classes or {{one_vs_rest: CLASS}}, got {}", printable(leaf->name)));
    }
    if (leaf->name == "one_vs_rest") return read_positive(slot, experiment_.model.labels);
    Options inside({leaf->body, slot.path, &reading_});
    inside.finish();
    finish_leaf(*leaf);
  }

  /// `{one_vs_rest: 0}`: the class that becomes 1.
  void read_positive(const Slot& slot, LabelRule& rule) const {
    Options options(slot);
    const auto last = facts_known_ ? static_cast<std::int64_t>(experiment_.data.facts.classes) - 1
                                   : std::int64_t{255};
    rule.kind = LabelKind::kBinary;
    rule.positive =
        static_cast<std::uint32_t>(options.whole("one_vs_rest", whole_between(0, last)));
    options.finish();
  }

  void read_network() {
    Network network(experiment_.data.facts.sample);
    bool fits = facts_known_;
    for (const Slot& slot : top_.list("network", true)) {
      const std::size_t before = reading_.diagnostics.size();
      auto made = make<Layer>(slot);
      last_layer_ = made.leaf ? made.name : std::string();
      fits = fits && made.leaf != nullptr && reading_.diagnostics.size() == before;
      if (!fits) continue;
      try {
        network.add(made.name, std::move(made.leaf));
      } catch (const Misfit& misfit) {
        slot.fail(misfit.what());
        fits = false;
      }
    }
    shapes_known_ = fits && network.depth() > 0;
    experiment_.model.network = std::move(network);
  }

  void read_training() {
    auto loss = make<Loss>(top_.leaf("loss"));
    experiment_.model.loss = std::move(loss.leaf);
    loss_ = loss.slot;
    experiment_.model.optimizer = make<Optimizer>(top_.leaf("optimizer", "gradient_descent")).leaf;
    experiment_.model.learning_rate = read_schedule(top_, "learning_rate");
    constexpr std::int64_t kMostEpochs = 1'000'000'000;
    experiment_.epochs =
        static_cast<std::size_t>(top_.whole("epochs", whole_between(1, kMostEpochs)));
    const auto batch = top_.whole_or("batch_size", "full", at_least(1), true);
    experiment_.feed.batch_size = static_cast<std::size_t>(batch.value_or(0));
  }

  void read_metrics() {
    for (const Slot& slot : top_.list("metrics", false)) {
      metrics_.push_back(make_metric(slot));
      const auto& added = metrics_.back();
      const auto same = [&](const MeasuredBy& other) { return other.name == added.name; };
      auto& metrics = experiment_.model.metrics;
      if (std::any_of(metrics.begin(), metrics.end(), same)) {
        slot.fail(fmt::format("metric '{}' is listed twice", added.name));
      }
      metrics.push_back({added.name, nullptr, {}});
    }
  }

  void read_compute() {
    Options options(top_.mapping("compute", false));
    const auto form = options.choice("features", {"auto", "dense", "sparse"}, "auto");
    experiment_.feed.features = form == "auto"    ? FeatureForm::kAuto
                                : form == "dense" ? FeatureForm::kDense
                                                  : FeatureForm::kSparse;
    const std::size_t width = elements(experiment_.data.facts.sample);
    if (form == "sparse" && facts_known_ && width > ByteBlocks::kWidest) {
      options.fail("features", fmt::format("sparse takes samples of at most {} features, those of "
                                           "{} have {}",
                                           ByteBlocks::kWidest, experiment_.data.name, width));
    }
    options.finish();
  }

  /// The loss and the metrics must fit the network's end and the labels.
  void check_fit() {
    if (!last_layer_.empty() && labels_known_) {
      const NetworkEnd end = network_end();
      const auto& loss = experiment_.model.loss;
      if (const auto why = loss ? loss->misfit(end) : std::nullopt) loss_.fail(*why);
      for (const NamedMetric& metric : metrics_) {
        const auto why = metric.metric ? metric.metric->misfit(end) : std::nullopt;
        if (why) metric.slot.fail(*why);
      }
    }
    for (std::size_t i = 0; i < metrics_.size(); ++i) {
      MeasuredBy& measured = experiment_.model.metrics[i];
      measured.metric = std::move(metrics_[i].metric);
      if (!measured.metric) continue;
      for (const std::string& suffix : measured.metric->suffixes(network_end())) {
        measured.columns.push_back(measured.name + suffix);
      }
    }
    if (shapes_known_ && labels_known_) check_outputs();
  }

  /// No batch of an epoch may have fewer samples than the network can be trained on.
  void check_batches() const {
    const Network& network = experiment_.model.network;
    if (!shapes_known_ || !split_known_ || network.fewest_rows() < 2) return;
    const std::size_t samples = training_samples();
    const std::size_t batch = std::min(experiment_.feed.batch_size, samples);
    const bool full = batch == 0;
    const std::size_t last = full ? samples : samples % batch == 0 ? batch : samples % batch;
    if (last >= network.fewest_rows()) return;
    top_.fail("batch_size",
              fmt::format("{} has {} of {} training samples, but {} needs at least {} to be "
                          "trained on",
                          full            ? "the full batch"
                          : last == batch ? "every batch"
                                          : "the last batch of an epoch",
                          last, samples, network.needs_most_rows(), network.fewest_rows()));
  }

  std::size_t training_samples() const {
    return split_counts(experiment_.feed.split, experiment_.data.facts.train).train;
  }

  NetworkEnd network_end() const {
    const Network& network = experiment_.model.network;
    const std::size_t outputs = shapes_known_ ? elements(network.output()) : 0;
    return {last_layer_, experiment_.model.labels.kind, outputs, network.link()};
  }

  void check_outputs() {
    const LabelRule& rule = experiment_.model.labels;
    const bool classes = rule.kind == LabelKind::kClasses;
    const std::size_t needed = classes ? experiment_.data.facts.classes : 1;
    const Shape& output = experiment_.model.network.output();
    if (output == Shape{needed}) return;
    top_.fail("network",
              fmt::format("ends with {} outputs for each sample, but labels '{}' of {} need {}",
                          to_text(output), classes ? "classes" : "one_vs_rest",
                          experiment_.data.name, needed));
  }

  Node& document_;
  Reading& reading_;
  Options top_;
  Experiment experiment_;
  std::vector<NamedMetric> metrics_;
  Slot loss_;
  std::string last_layer_;
  bool facts_known_ = false;
  bool split_known_ = false;
  bool labels_known_ = false;
  bool shapes_known_ = false;
};

}  // namespace

std::string read_name(Options& options) {
  std::string name = options.text("name");
  if (options.has("name") && !is_folder_name(name)) {
    options.fail("name",
                 fmt::format("'{}' cannot name a folder: letters, digits, '_', '-' and '.', at "
                             "most 100, not starting with '.' or '-'",
                             printable(name)));
  }
  return name;
}

std::optional<Experiment> read_experiment(Node& document, Reading& reading) {
  return SpecReader(document, reading).read();
}

}  // namespace nnrun
