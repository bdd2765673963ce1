// A checkpoint, as a run goes on from it. The input is all but the checksum at its end, which every change
// would break.
#include "base/checksum.h"
#include "experiment/checkpoint.h"
#include "experiment/sweep.h"
#include "fuzz/target.h"

namespace nnrun::fuzz {

namespace {

/// Few parameters, so that a checkpoint is small.
constexpr std::string_view kTiny =
    "name: tiny\n"
    "dataset: {name: {synthetic: {kind: moons, train: 20, test: 10}}, split: {train: 10}}\n"
    "network: [dense: {units: 2}, softmax]\n"
    "loss: cross_entropy\n"
    "optimizer: adam\n"
    "learning_rate: 0.1\n"
    "epochs: 2\n"
    "batch_size: 5\n"
    "metrics: [accuracy]\n"
    "checkpoint: {every_seconds: 0}\n";

const Run& run() {
  static const MemoryFile kFile(kTiny);
  static const std::vector<Sweep> kSweeps = load_sweeps({kFile.path()}, {});
  return kSweeps.front().runs.front();
}

}  // namespace

void try_input(std::string_view input) {
  const auto stored = StoredCheckpoint::parse(std::string(input) + sha256(input), "state");
  RunMemory memory(run().experiment.model);
  const std::size_t parameters = memory.parameters.size();
  stored.restore(memory);
  must(memory.parameters.size() == parameters);
  must(stored.head().facts["configuration"].is_object());
}

}  // namespace nnrun::fuzz
