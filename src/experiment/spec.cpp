#include "experiment/spec.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "core/registry.h"
#include "experiment/clip_spec.h"
#include "experiment/compute_spec.h"
#include "experiment/feeding.h"
#include "experiment/seed_spec.h"
#include "experiment/stop_spec.h"
#include "experiment/study.h"

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
    read_seeds(top_, experiment_);
    read_data();
    read_network();
    read_training();
    read_metrics();
    read_confusion();
    read_compute(top_, experiment_, facts_known_);
    read_checkpoint();
    record_study(top_);
    Form extends = text_form("the path of another file to start from");
    extends.axis = false;
    top_.record_other("extends", extends);
    check_fit();
    read_stopping(reading_.diagnostics.size() == before);
    top_.finish();
    if (split_known_) check_feeding(experiment_, shapes_known_, top_);
    experiment_.feed.shards.smallest = smallest_shard(experiment_.model.network.parameter_count());
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

  void read_data() {
    Options options(top_.mapping("dataset", true));
    DatasetSection section = read_dataset(options, reading_);
    experiment_.data = std::move(section.data);
    experiment_.feed.split = section.split;
    experiment_.feed.scale = section.scale;
    experiment_.feed.augmentations = std::move(section.augmentations);
    experiment_.feed.augmentations_key = std::move(section.augmentations_key);
    experiment_.model.labels = section.labels;
    facts_known_ = section.facts_known;
    labels_known_ = section.labels_known;
    split_known_ = section.split_known;
  }

  void read_network() {
    Network network(experiment_.data.facts.sample);
    bool fits = facts_known_;
    for (const Slot& slot : top_.list("network", list_form(leaf_form(Layer::kKind)), true)) {
      const std::size_t before = reading_.diagnostics.size();
      auto made = make<Layer>(slot);
      last_layer_ = made.leaf ? made.name : std::string();
      fits = fits && made.leaf != nullptr && reading_.diagnostics.size() == before;
      if (!fits) continue;
      try {
        const std::size_t before_it = network.parameters().size();
        network.add(made.name, std::move(made.leaf));
        note_own_rates(network, before_it, slot);
      } catch (const Misfit& misfit) {
        slot.fail(misfit.what());
        fits = false;
      }
    }
    shapes_known_ = fits && network.depth() > 0;
    experiment_.model.network = std::move(network);
  }

  /// A layer that was added, of which parameters have a learning rate of their own.
  void note_own_rates(const Network& network, std::size_t first, const Slot& slot) {
    for (const NetworkParameter& added : std::span(network.parameters()).subspan(first)) {
      if (added.declared.rule.learning_rate) return own_rates_.push_back(slot);
    }
  }

  void read_training() {
    auto loss = make<Loss>(top_.leaf("loss"));
    experiment_.model.loss = std::move(loss.leaf);
    loss_ = loss.slot;
    auto optimizer = make<Optimizer>(top_.leaf("optimizer", "gradient_descent"));
    experiment_.model.optimizer = std::move(optimizer.leaf);
    experiment_.model.learning_rate = read_schedule(top_, "learning_rate");
    experiment_.model.clip = read_clip(top_);
    constexpr std::int64_t kMostEpochs = 1'000'000'000;
    experiment_.epochs =
        static_cast<std::size_t>(top_.whole("epochs", whole_between(1, kMostEpochs)));
    const auto batch = top_.whole_or("batch_size", "full", at_least(1), true);
    experiment_.feed.batch_size = static_cast<std::size_t>(batch.value_or(0));
    if (experiment_.model.optimizer && experiment_.model.optimizer->is_whole()) {
      check_whole(optimizer.name);
    }
  }

  /// An optimizer that needs all parameters at once.
  void check_whole(const std::string& optimizer) const {
    if (experiment_.feed.batch_size > 0) {
      top_.fail("batch_size", optimizer + " takes full batches: batch_size: full");
    }
    for (const Slot& layer : own_rates_) {
      layer.fail(optimizer +
                 " steps all parameters at one rate: a layer has no learning_rate of its own");
    }
  }

  void read_metrics() {
    Form form = list_form(either({leaf_form(Metric::kKind), leaf_form(Loss::kKind)}));
    form.unique = true;
    for (const Slot& slot : top_.list("metrics", form, false)) {
      metrics_.push_back(make_metric(slot));
      experiment_.model.metrics.push_back({metrics_.back().name, nullptr, {}});
    }
  }

  /// `confusion: [test, validation]`: the samples that have a confusion matrix.
  void read_confusion() {
    Model& model = experiment_.model;
    model.confusion_of_test = false;
    Form form = list_form(choice_form({"test", "validation"}));
    form.unique = true;
    for (const Slot& slot : top_.list("confusion", form, false, {"test"})) {
      if (slot.node == nullptr) continue;
      const std::string& of = slot.node->text;
      bool& wanted = of == "test" ? model.confusion_of_test : model.confusion_of_validation;
      if (!slot.node->is_scalar() || (of != "test" && of != "validation")) {
        slot.expected("test or validation");
      } else if (wanted) {
        slot.fail(fmt::format("'{}' is listed twice", of));
      }
      wanted = true;
    }
    if (!model.confusion_of_validation || !facts_known_) return;
    if (split_counts(experiment_.feed.split, experiment_.data.facts.train).validation == 0) {
      top_.fail("confusion", "dataset.split leaves no samples to validate on");
    }
  }

  void read_checkpoint() {
    Options options(top_.mapping("checkpoint", false));
    experiment_.checkpoint_seconds = options.real("every_seconds", not_negative(), 10.0);
    options.finish();
  }

  /// What names columns, when it is known which there are; `sound`: no mistake was found so far.
  void read_stopping(bool sound) {
    KnownColumns columns;
    if (sound && split_known_ && shapes_known_ && labels_known_) {
      columns.model = &experiment_.model;
      const auto counts = split_counts(experiment_.feed.split, experiment_.data.facts.train);
      columns.validates = counts.validation > 0;
    }
    experiment_.model.stop = read_stop(top_, columns);
    experiment_.model.keep_best = read_keep_best(top_, columns);
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
      check_columns(i);
    }
    if (shapes_known_ && labels_known_) check_outputs();
  }

  /// Two metrics cannot share a column.
  void check_columns(std::size_t metric) const {
    const auto& metrics = experiment_.model.metrics;
    const auto measures = [&](const MeasuredBy& other) {
      const auto& columns = metrics[metric].columns;
      return std::find_first_of(other.columns.begin(), other.columns.end(), columns.begin(),
                                columns.end()) != other.columns.end();
    };
    const auto end = metrics.begin() + static_cast<std::ptrdiff_t>(metric);
    if (std::none_of(metrics.begin(), end, measures)) return;
    metrics_[metric].slot.fail(
        fmt::format("{} is measured twice", metrics[metric].columns.front()));
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
  std::vector<Slot> own_rates_;  ///< layers with a learning rate of their own
  std::string last_layer_;
  bool facts_known_ = false;
  bool split_known_ = false;
  bool labels_known_ = false;
  bool shapes_known_ = false;
};

}  // namespace

std::string read_name(Options& options) {
  Form form = folder_name_form();
  form.axis = false;
  std::string name = options.text("name", {}, form);
  if (options.has("name") && !is_folder_name(name)) {
    options.fail("name",
                 fmt::format("'{}' cannot name a folder: letters, digits, '_', '-' and '.', at "
                             "most 100, not starting with '.' or '-'",
                             printable(name)));
  }
  return name;
}

Form experiment_form() {
  return form_read_by([](const Slot& top) { read_experiment(*top.node, *top.reading); });
}

std::optional<Experiment> read_experiment(Node& document, Reading& reading) {
  return SpecReader(document, reading).read();
}

}  // namespace nnrun
