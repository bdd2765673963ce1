#include "train/pass.h"

#include <algorithm>

namespace nnrun {

namespace {

/// Shard `index` of `count`: sizes differ by one at most.
std::span<const std::uint32_t> shard(std::span<const std::uint32_t> positions, std::size_t index,
                                     std::size_t count) {
  const std::size_t begin = positions.size() * index / count;
  const std::size_t end = positions.size() * (index + 1) / count;
  return positions.subspan(begin, end - begin);
}

void measure(const Model& model, const Prediction& prediction, const Targets& targets,
             Tally& tally) {
  tally.sums[0] += model.loss->sum(prediction, targets);
  for (std::size_t i = 0; i < model.metrics.size(); ++i) {
    tally.sums[i + 1] += model.metrics[i].metric->sum(prediction, targets);
  }
}

void count_confusion(const Prediction& prediction, const Targets& targets, std::size_t classes,
                     Tally& tally) {
  for (std::size_t n = 0; n < prediction.outputs.rows(); ++n) {
    const std::size_t predicted = predicted_class(prediction.outputs.row(n));
    ++tally.confusion[targets.labels[n] * classes + predicted];
  }
}

Tally empty_tally(const Model& model, const Section& section) {
  return {std::vector<double>(model.metrics.size() + 1),
          std::vector<std::uint64_t>(section.confusion * section.confusion), 0};
}

}  // namespace

std::size_t shard_count(std::size_t samples) {
  return std::clamp<std::size_t>(samples / kSmallestShard, 1, kMostShards);
}

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

/// A shard of a section for some of the runs: what one worker does without interruption.
struct PassRunner::Item {
  const Section* section = nullptr;
  std::size_t shard = 0;
  std::size_t shards = 1;
  std::size_t first_run = 0;
  std::size_t run_count = 0;
  std::vector<Tally>* tallies = nullptr;  ///< of this shard, one for each run of the pass
};

PassRunner::PassRunner(const Pool& pool, const FeatureScaling& scaling)
    : pool_(pool), scaling_(scaling), workers_(pool.threads()) {}

std::vector<std::vector<Tally>> PassRunner::run(std::span<const Section> sections,
                                                std::span<const PassRun> runs) {
  std::vector<std::vector<std::vector<Tally>>> by_shard(sections.size());
  std::size_t shards = 0;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    by_shard[s].resize(sections[s].positions.empty() ? 0
                                                     : shard_count(sections[s].positions.size()));
    for (auto& tallies : by_shard[s]) {
      for (const PassRun& run : runs) tallies.push_back(empty_tally(*run.model, sections[s]));
    }
    shards += by_shard[s].size();
  }

  // All runs share a block while there are shards enough to keep the threads busy.
  constexpr std::size_t kItemsPerThread = 4;
  const bool enough = pool_.threads() == 1 || shards >= kItemsPerThread * pool_.threads();
  const std::size_t together = enough ? std::max<std::size_t>(runs.size(), 1) : 1;
  std::vector<Item> items;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    for (std::size_t i = 0; i < by_shard[s].size(); ++i) {
      for (std::size_t first = 0; first < runs.size(); first += together) {
        items.push_back({&sections[s], i, by_shard[s].size(), first,
                         std::min(together, runs.size() - first), &by_shard[s][i]});
      }
    }
  }
  pool_.for_each(items.size(), [&](std::size_t item, std::size_t worker) {
    process(items[item], runs, workers_[worker]);
  });

  std::vector<std::vector<Tally>> totals(sections.size());
  for (std::size_t s = 0; s < sections.size(); ++s) {
    for (const PassRun& run : runs) totals[s].push_back(empty_tally(*run.model, sections[s]));
    for (const auto& tallies : by_shard[s]) {
      for (std::size_t r = 0; r < runs.size(); ++r) totals[s][r].add(tallies[r]);
    }
  }
  return totals;
}

void PassRunner::process(const Item& item, std::span<const PassRun> runs, Worker& worker) const {
  const auto mine = runs.subspan(item.first_run, item.run_count);
  if (item.section->train) {
    for (const PassRun& run : mine) {
      auto& gradient = (*run.gradients)[item.shard];
      gradient.assign(run.parameters.size(), Scalar{0});
    }
  }
  const auto positions = shard(item.section->positions, item.shard, item.shards);
  for (std::size_t start = 0; start < positions.size(); start += kBlock) {
    const std::size_t count = std::min(kBlock, positions.size() - start);
    process_block(item, positions.subspan(start, count), mine, worker);
  }
}

void PassRunner::process_block(const Item& item, std::span<const std::uint32_t> positions,
                               std::span<const PassRun> runs, Worker& worker) const {
  const Section& section = *item.section;
  const std::size_t width = section.samples->features.size() / section.samples->count();
  worker.features.resize(kBlock * width);
  const MatrixView x(worker.features.data(), positions.size(), width);
  scaling_.load(*section.samples, positions, x);
  const Scalar scale = Scalar{1} / static_cast<Scalar>(section.positions.size());
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const PassRun& run = runs[r];
    const Model& model = *run.model;
    worker.labels.clear();
    for (const std::uint32_t at : positions) {
      worker.labels.push_back(model.labels(section.samples->labels[at]));
    }
    const Targets targets{model.labels.kind, worker.labels};
    const Prediction prediction = model.network.forward(run.parameters, x, worker.workspace);
    Tally& tally = (*item.tallies)[item.first_run + r];
    measure(model, prediction, targets, tally);
    tally.samples += positions.size();
    if (section.confusion > 0) count_confusion(prediction, targets, section.confusion, tally);
    if (section.train) {
      model.network.backward(run.parameters, x, prediction, *model.loss, targets, scale,
                             worker.workspace, (*run.gradients)[item.shard]);
    }
  }
}

}  // namespace nnrun
