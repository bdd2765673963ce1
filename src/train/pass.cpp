#include "train/pass.h"

#include <algorithm>
#include <cassert>

namespace nnrun {

namespace {

constexpr std::size_t kBlock = ByteBlocks::kBlockSamples;

void measure(const Model& model, const Prediction& prediction, const Targets& targets,
             Tally& tally) {
  tally.sums[0] += model.loss->sum(prediction, targets);
  for (std::size_t i = 0; i < model.metrics.size(); ++i) {
    tally.sums[i + 1] += model.metrics[i].metric->sum(prediction, targets);
  }
  tally.samples += targets.labels.size();
}

void count_confusion(const Prediction& prediction, const Targets& targets, std::size_t classes,
                     Tally& tally) {
  std::vector<std::uint32_t> predicted(targets.labels.size());
  predict_classes(prediction.outputs, predicted);
  for (std::size_t n = 0; n < predicted.size(); ++n) {
    ++tally.confusion[targets.labels[n] * classes + predicted[n]];
  }
}

/// Classes of a run's confusion matrix over a section, 0 for none.
std::size_t confusion_classes(const Model& model, const Section& section) {
  return section.confusion > 0 ? model.labels.classes(section.confusion) : 0;
}

Tally empty_tally(const Model& model, const Section& section) {
  const std::size_t classes = confusion_classes(model, section);
  return {std::vector<double>(model.metrics.size() + 1),
          std::vector<std::uint64_t>(classes * classes), 0};
}

}  // namespace

void Tally::add(const Tally& other) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += other.sums[i];
  for (std::size_t i = 0; i < confusion.size(); ++i) confusion[i] += other.confusion[i];
  samples += other.samples;
}

std::vector<double> Tally::means() const {
  if (samples == 0) return {};
  std::vector<double> means = sums;
  for (double& value : means) value /= static_cast<double>(samples);
  return means;
}

/// A shard of a section for some bundles: what one worker does without interruption.
struct PassRunner::Item {
  const Section* section = nullptr;
  std::size_t shard = 0;
  std::span<Bundle> bundles;
  std::vector<Tally>* tallies = nullptr;  ///< of this shard, one for each run of the pass

  Scalar scale() const {
    return Scalar{1} / static_cast<Scalar>(section->shards->positions().size());
  }
};

PassRunner::PassRunner(const Pool& pool, const FeatureScaling& scaling)
    : pool_(pool), scaling_(scaling), workers_(pool.threads()) {}

std::vector<std::vector<Tally>> PassRunner::run(std::span<const Section> sections,
                                                std::span<Bundle> bundles) {
  assert(std::count_if(sections.begin(), sections.end(),
                       [](const Section& section) { return section.train; }) <= 1);
  std::vector<std::vector<std::vector<Tally>>> by_shard;
  std::vector<std::vector<Tally>> totals;
  for (const Section& section : sections) {
    std::vector<Tally> tallies;
    for (const Bundle& bundle : bundles) {
      tallies.resize(tallies.size() + bundle.runs.size());
    }
    for (const Bundle& bundle : bundles) {
      for (const PassRun& run : bundle.runs) tallies[run.place] = empty_tally(*run.model, section);
    }
    by_shard.emplace_back(section.shards->count(), tallies);
    totals.push_back(std::move(tallies));
  }
  std::vector<Item> items;
  for (std::size_t s = 0; s < sections.size(); ++s) cut(sections[s], bundles, by_shard[s], items);
  pool_.for_each(items.size(), [&](std::size_t item, std::size_t worker) {
    process(items[item], workers_[worker]);
  });
  for (std::size_t s = 0; s < sections.size(); ++s) {
    for (const auto& tallies : by_shard[s]) {
      for (std::size_t r = 0; r < tallies.size(); ++r) totals[s][r].add(tallies[r]);
    }
  }
  return totals;
}

void PassRunner::cut(const Section& section, std::span<Bundle> bundles,
                     std::vector<std::vector<Tally>>& tallies, std::vector<Item>& items) {
  // Blocks that are not kept are made once for all bundles.
  const std::size_t together = section.shards->keeps_blocks() ? 1 : bundles.size();
  for (std::size_t shard = 0; shard < tallies.size(); ++shard) {
    for (std::size_t first = 0; first < bundles.size(); first += together) {
      items.push_back({&section, shard, bundles.subspan(first, together), &tallies[shard]});
    }
  }
}

void PassRunner::process(const Item& item, Worker& worker) const {
  const bool sparse =
      std::any_of(item.bundles.begin(), item.bundles.end(),
                  [](const Bundle& bundle) { return bundle.first_layers != nullptr; });
  const ByteBlocks* blocks =
      sparse ? &item.section->shards->blocks(item.shard, worker.blocks) : nullptr;
  for (Bundle& bundle : item.bundles) {
    if (item.section->train) {
      for (const PassRun& run : bundle.runs) {
        auto& gradient = (*run.gradients)[item.shard];
        std::fill(gradient.begin(), gradient.end(), Scalar{0});
      }
    }
    if (bundle.first_layers) {
      process_sparse(item, bundle, *blocks, worker);
    } else {
      process_dense(item, bundle, worker);
    }
  }
}

Targets PassRunner::targets(const Item& item, const Model& model,
                            std::span<const std::uint32_t> positions, Worker& worker) {
  const auto& labels = item.section->shards->samples().labels;
  worker.labels.resize(positions.size());
  std::transform(positions.begin(), positions.end(), worker.labels.begin(),
                 [&](std::uint32_t at) { return model.labels(labels[at]); });
  return {model.labels.kind, worker.labels};
}

void PassRunner::tally(const Item& item, const PassRun& run, const Prediction& prediction,
                       const Targets& targets) {
  Tally& tally = (*item.tallies)[run.place];
  measure(*run.model, prediction, targets, tally);
  const std::size_t classes = confusion_classes(*run.model, *item.section);
  if (classes > 0) count_confusion(prediction, targets, classes, tally);
}

void PassRunner::process_dense(const Item& item, Bundle& bundle, Worker& worker) const {
  const Shards& shards = *item.section->shards;
  const auto all = shards.shard(item.shard);
  const std::size_t width = scaling_.width();
  worker.features.resize(kBlock * width);
  for (std::size_t start = 0; start < all.size(); start += kBlock) {
    const auto positions = all.subspan(start, std::min(kBlock, all.size() - start));
    const MatrixView x(worker.features.data(), positions.size(), width);
    load(*item.section, positions, x);
    for (const PassRun& run : bundle.runs) {
      const Model& model = *run.model;
      const Targets wanted = targets(item, model, positions, worker);
      const Prediction prediction = model.network.forward(run.parameters, x, worker.workspace);
      tally(item, run, prediction, wanted);
      if (!item.section->train) continue;
      model.network.backward(run.parameters, x, prediction, *model.loss, wanted, item.scale(),
                             worker.workspace, (*run.gradients)[item.shard]);
    }
  }
}

void PassRunner::load(const Section& section, std::span<const std::uint32_t> positions,
                      MatrixView x) const {
  const Samples& samples = section.shards->samples();
  if (section.augmenter == nullptr) return scaling_.load(samples, positions, x);
  section.augmenter->load(scaling_, samples, positions, section.epoch, x);
}

void PassRunner::process_sparse(const Item& item, Bundle& bundle, const ByteBlocks& blocks,
                                Worker& worker) {
  FirstLayers& first = *bundle.first_layers;
  const auto all = item.section->shards->shard(item.shard);
  worker.first_outputs.resize(std::max(worker.first_outputs.size(), first.block_size()));
  Scalar* z = worker.first_outputs.data();
  if (item.section->train) first.clear(item.shard);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const auto positions = all.subspan(b * kBlock, std::min(kBlock, all.size() - b * kBlock));
    first.forward(blocks.block(b), z);
    for (std::size_t r = 0; r < bundle.runs.size(); ++r) {
      const PassRun& run = bundle.runs[r];
      const Model& model = *run.model;
      const Network& network = model.network;
      const Targets wanted = targets(item, model, positions, worker);
      first.take(r, z, network.first_output(positions.size(), worker.workspace));
      const Prediction prediction =
          network.forward_from_first(run.parameters, positions.size(), worker.workspace);
      tally(item, run, prediction, wanted);
      if (!item.section->train) continue;
      first.put(
          r,
          network.backward_to_first(run.parameters, prediction, *model.loss, wanted, item.scale(),
                                    worker.workspace, (*run.gradients)[item.shard]),
          z);  // the run's own columns, which it has taken
    }
    if (item.section->train) first.backward(blocks.block(b), z, item.shard);
  }
}

}  // namespace nnrun
