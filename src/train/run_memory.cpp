#include "train/run_memory.h"

namespace nnrun {

RunMemory::RunMemory(const Model& model)
    : parameters(model.network.parameter_count()),
      optimizer_state(model.optimizer->slots() * parameters.size()),
      optimizer_numbers(model.optimizer->numbers()),
      rates(model.learning_rate, model.network) {}

RunMemory::RunMemory(const Model& model, std::uint64_t seed) : RunMemory(model) {
  parameters = model.network.initial_parameters(seed);
}

}  // namespace nnrun
