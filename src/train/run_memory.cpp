#include "train/run_memory.h"

namespace nnrun {

RunMemory::RunMemory(const Model& model)
    : parameters(model.network.parameter_count()),
      optimizer_state(model.optimizer->slots() * parameters.size()),
      optimizer_numbers(model.optimizer->numbers()),
      rates(model.learning_rate, model.network) {
  if (model.stop.restores_best()) best.parameters.resize(parameters.size());
  if (model.keep_best) kept.parameters.resize(parameters.size());
}

RunMemory::RunMemory(const Model& model, std::uint64_t seed) : RunMemory(model) {
  parameters = model.network.initial_parameters(seed);
}

void RunMemory::judge(const Model& model, const EpochRecord& row) {
  seconds += row.seconds;
  if (model.stop.early) {
    best.judge(model.stop.early->metric, model.stop.early->min_delta, row, parameters);
  }
  if (model.keep_best) kept.judge(*model.keep_best, 0, row, parameters);
}

}  // namespace nnrun
