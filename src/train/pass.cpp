#include "train/pass.h"

#include <algorithm>
#include <cassert>

#include "base/ranks.h"

namespace nnrun {

namespace {

constexpr std::size_t kBlock = ByteBlocks::kBlockSamples;

/// Whether a pass over a section takes the runs of a bundle in steps.
bool goes_in_steps(const Section& section, const Bundle& bundle) {
  return section.facts.train && bundle.coupled;
}

}  // namespace

/// A shard of a section for some bundles: what one worker does without interruption.
struct PassRunner::Item {
  const Section* section = nullptr;
  std::size_t shard = 0;
  std::span<Bundle> bundles;
  std::vector<Tally>* tallies = nullptr;  ///< of this shard, one for each run of the pass

  /// Of the gradient of a sample's loss.
  Scalar scale(const Loss& loss) const { return loss.gradient_scale(section->samples()); }
};

PassRunner::PassRunner(const Pool& pool, const FeatureScaling& scaling)
    : pool_(pool), scaling_(scaling), in_steps_(pool, scaling), workers_(pool.threads()) {}

std::vector<std::vector<Tally>> PassRunner::run(std::span<const Section> sections,
                                                std::span<Bundle> bundles) {
  assert(std::count_if(sections.begin(), sections.end(),
                       [](const Section& section) { return section.train; }) <= 1);
  Tallies by_shard;
  std::vector<std::vector<Tally>> totals;
  for (const Section& section : sections) {
    std::vector<Tally> tallies;
    for (const Bundle& bundle : bundles) tallies.resize(tallies.size() + bundle.runs.size());
    for (const Bundle& bundle : bundles) {
      for (const PassRun& run : bundle.runs) {
        tallies[run.place] = Tally(*run.model, section.confusion, section.hidden_units);
      }
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
    for (const Bundle& bundle : bundles) {
      if (goes_in_steps(sections[s], bundle)) in_steps_.run(sections[s], bundle.runs, by_shard[s]);
    }
  }
  exchange(by_shard);
  for (std::size_t s = 0; s < sections.size(); ++s) {
    for (const auto& tallies : by_shard[s]) {
      for (const Bundle& bundle : bundles) {
        for (const PassRun& run : bundle.runs) {
          totals[s][run.place].add(*run.model, tallies[run.place]);
        }
      }
    }
  }
  return totals;
}

void PassRunner::exchange(Tallies& tallies) {
  if (ranks().alone()) return;
  const auto of_rank = [&](std::size_t rank, auto body) {
    for (auto& shards : tallies) {
      const RankShare share = ranks().share(shards.size(), rank);
      for (std::size_t s = share.begin; s < share.end; ++s) {
        for (Tally& tally : shards[s]) body(tally);
      }
    }
  };
  std::string mine;
  of_rank(ranks().rank(), [&](const Tally& tally) { tally.write(mine); });
  const auto all = ranks().gather(mine);
  for (std::size_t rank = 0; rank < all.size(); ++rank) {
    std::string_view bytes = all[rank];
    of_rank(rank, [&](Tally& tally) { tally.read(bytes); });
  }
}

void PassRunner::cut(const Section& section, std::span<Bundle> bundles,
                     std::vector<std::vector<Tally>>& tallies, std::vector<Item>& items) {
  // Blocks that are not kept are made once for all bundles.
  const std::size_t together = section.shards->keeps_blocks() ? 1 : bundles.size();
  const RankShare mine = ranks().share(tallies.size());
  for (std::size_t shard = mine.begin; shard < mine.end; ++shard) {
    for (std::size_t first = 0; first < bundles.size(); first += together) {
      items.push_back({&section, shard, bundles.subspan(first, together), &tallies[shard]});
    }
  }
}

/// Some samples of an item's shard, whole blocks of them.
struct PassRunner::Piece {
  std::size_t start;  ///< in the shard
  std::span<const std::uint32_t> positions;
  const ByteBlocks* blocks;  ///< of these samples, where bytes are given

  std::span<const std::uint32_t> of_block(std::size_t from) const {
    return positions.subspan(from, std::min(kBlock, positions.size() - from));
  }
};

void PassRunner::begin(const Item& item) {
  if (!item.section->train) return;
  for (Bundle& bundle : item.bundles) {
    if (goes_in_steps(*item.section, bundle)) continue;
    for (const PassRun& run : bundle.runs) {
      auto& gradient = (*run.gradients)[item.shard];
      std::fill(gradient.begin(), gradient.end(), Scalar{0});
    }
    if (bundle.first_layers) bundle.first_layers->clear(item.shard);
  }
}

void PassRunner::process(const Item& item, Worker& worker) const {
  const Shards& shards = *item.section->shards;
  const bool sparse =
      std::any_of(item.bundles.begin(), item.bundles.end(),
                  [](const Bundle& bundle) { return bundle.first_layers != nullptr; });
  const auto all = shards.shard(item.shard);
  const std::size_t most = shards.keeps_blocks() ? all.size() : kPiece;
  SampleReader reader(shards.samples());
  begin(item);
  for (std::size_t start = 0; start < all.size(); start += most) {
    Piece piece{start, all.subspan(start, std::min(most, all.size() - start)), nullptr};
    if (sparse && shards.keeps_blocks()) {
      piece.blocks = &shards.blocks(item.shard);
    } else if (sparse) {
      worker.blocks.assign(byte_rows(shards.samples()), piece.positions);
      piece.blocks = &worker.blocks;
    }
    for (Bundle& bundle : item.bundles) {
      if (goes_in_steps(*item.section, bundle)) continue;
      bundle.first_layers ? process_sparse(item, bundle, piece, worker)
                          : process_dense(item, bundle, piece, worker);
    }
    reader.read(piece.positions.size());
  }
}

/// A block of a shard's samples, `start` of them after its first.
Block PassRunner::block(const Item& item, const PassRun& run, std::size_t start, ConstMatrixView x,
                        Worker& worker) {
  PassFacts facts = item.section->facts;
  facts.rows = item.section->samples();
  facts.first_row = item.section->shards->begin(item.shard) + start;
  return {run.parameters, x, &worker.workspace, facts};
}

void PassRunner::process_dense(const Item& item, Bundle& bundle, const Piece& piece,
                               Worker& worker) const {
  const Shards& shards = *item.section->shards;
  const std::size_t width = scaling_.width();
  worker.features.resize(kBlock * width);
  for (std::size_t from = 0; from < piece.positions.size(); from += kBlock) {
    const auto positions = piece.of_block(from);
    const std::size_t start = piece.start + from;
    const MatrixView x(worker.features.data(), positions.size(), width);
    item.section->load(scaling_, positions, x);
    for (const PassRun& run : bundle.runs) {
      const Model& model = *run.model;
      const Targets wanted =
          model.labels.targets(shards.samples().labels, positions, worker.labels);
      const Block samples = block(item, run, start, x, worker);
      const Prediction prediction = model.network.forward(samples);
      Tally& tally = (*item.tallies)[run.place];
      tally.add(model, prediction, wanted);
      if (start == 0) model.network.add_hidden_units(samples, tally.hidden_units);
      if (!item.section->train) continue;
      model.network.backward(samples, prediction, {*model.loss, wanted, item.scale(*model.loss)},
                             (*run.gradients)[item.shard]);
    }
  }
}

void PassRunner::process_sparse(const Item& item, Bundle& bundle, const Piece& piece,
                                Worker& worker) {
  FirstLayers& first = *bundle.first_layers;
  const Shards& shards = *item.section->shards;
  worker.first_outputs.resize(std::max(worker.first_outputs.size(), first.block_size()));
  Scalar* z = worker.first_outputs.data();
  for (std::size_t b = 0; b < piece.blocks->size(); ++b) {
    const auto positions = piece.of_block(b * kBlock);
    const std::size_t start = piece.start + b * kBlock;
    first.forward(piece.blocks->block(b), z);
    for (std::size_t r = 0; r < bundle.runs.size(); ++r) {
      const PassRun& run = bundle.runs[r];
      const Model& model = *run.model;
      const Network& network = model.network;
      const Targets wanted =
          model.labels.targets(shards.samples().labels, positions, worker.labels);
      first.take(r, z, network.first_output(positions.size(), worker.workspace));
      const Block samples = block(item, run, start, {nullptr, positions.size(), 0}, worker);
      const Prediction prediction = network.forward_from_first(samples);
      Tally& tally = (*item.tallies)[run.place];
      tally.add(model, prediction, wanted);
      if (start == 0) network.add_hidden_units(samples, tally.hidden_units);
      if (!item.section->train) continue;
      const BlockLoss loss{*model.loss, wanted, item.scale(*model.loss)};
      // Into the run's own columns of z, which it has taken.
      first.put(
          r, network.backward_to_first(samples, prediction, loss, (*run.gradients)[item.shard]), z);
    }
    if (item.section->train) first.backward(piece.blocks->block(b), z, item.shard);
  }
}

}  // namespace nnrun
