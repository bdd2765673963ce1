#include "train/pass_in_steps.h"

#include <algorithm>
#include <cstring>

namespace nnrun {

template <class Body>
void PassInSteps::for_mine(Body body) {
  pool_.for_each(mine_.size(), [&](std::size_t item, std::size_t /*worker*/) {
    body(shards_[mine_.begin + item], mine_.begin + item);
  });
}

void PassInSteps::run(const Section& section, std::span<const PassRun> runs,
                      std::vector<std::vector<Tally>>& tallies) {
  load(section);
  for (const PassRun& run : runs) {
    begin(section, run);
    forward(run);
    for (std::size_t s = mine_.begin; s < mine_.end; ++s) {
      const Prediction prediction = run.model->network.prediction(shards_[s].block);
      tallies[s][run.place].add(*run.model, prediction, shards_[s].targets);
    }
    if (section.train) backward(section, run);
  }
}

void PassInSteps::load(const Section& section) {
  const std::size_t width = scaling_.width();
  shards_.resize(section.shards->count());
  mine_ = ranks().share(shards_.size());
  for_mine([&](ShardMemory& shard, std::size_t s) {
    const auto positions = section.shards->shard(s);
    const SampleReader reader(section.shards->samples());
    shard.features.resize(positions.size() * width);
    shard.x = {shard.features.data(), positions.size(), width};
    section.load(scaling_, positions, shard.x);
  });
}

void PassInSteps::begin(const Section& section, const PassRun& run) {
  const std::size_t sums = run.model->network.sums();
  run.sums->assign(sums, 0);
  backward_sums_.assign(sums, 0);
  for (std::size_t s = mine_.begin; s < mine_.end; ++s) {
    ShardMemory& shard = shards_[s];
    shard.targets = run.model->labels.targets(section.shards->samples().labels,
                                              section.shards->shard(s), shard.labels);
    PassFacts facts = section.facts;
    facts.rows = section.samples();
    facts.first_row = section.shards->begin(s);
    shard.block = {run.parameters, shard.x, &shard.workspace, facts, *run.sums, backward_sums_};
  }
}

void PassInSteps::total(std::vector<double>& sums) {
  if (!ranks().alone() && !sums.empty()) {
    std::string mine;
    for (std::size_t s = mine_.begin; s < mine_.end; ++s) {
      mine.append(reinterpret_cast<const char*>(shards_[s].sums.data()),
                  sums.size() * sizeof(double));
    }
    std::size_t s = 0;
    for (const std::string& theirs : ranks().gather(mine)) {
      for (std::size_t at = 0; at < theirs.size(); at += sums.size() * sizeof(double)) {
        std::memcpy(shards_[s++].sums.data(), theirs.data() + at, sums.size() * sizeof(double));
      }
    }
  }
  std::fill(sums.begin(), sums.end(), 0);
  for (const ShardMemory& shard : shards_) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += shard.sums[i];
  }
}

void PassInSteps::forward(const PassRun& run) {
  const Network& network = run.model->network;
  for (ShardMemory& shard : shards_) shard.sums.assign(network.sums(), 0);
  for (std::size_t step = 0; step < network.steps(); ++step) {
    for_mine([&](ShardMemory& shard, std::size_t /*s*/) {
      network.forward_step(step, shard.block, shard.sums);
    });
    total(*run.sums);
  }
}

void PassInSteps::backward(const Section& section, const PassRun& run) {
  const Network& network = run.model->network;
  const Loss& loss = *run.model->loss;
  const Scalar scale = loss.gradient_scale(section.samples());
  for (ShardMemory& shard : shards_) shard.sums.assign(network.sums(), 0);
  for (std::size_t step = network.steps(); step > 0; --step) {
    for_mine([&](ShardMemory& shard, std::size_t s) {
      auto& gradient = (*run.gradients)[s];
      if (step == network.steps()) std::fill(gradient.begin(), gradient.end(), Scalar{0});
      network.backward_step(step - 1, shard.block, {loss, shard.targets, scale}, shard.sums,
                            gradient);
    });
    total(backward_sums_);
  }
}

}  // namespace nnrun
