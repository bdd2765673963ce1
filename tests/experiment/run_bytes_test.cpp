// What a run is said to need in memory.
#include "experiment/run_bytes.h"

#include "tiny_experiment.h"

namespace nnrun {

using namespace test;

namespace {

class Remembers final : public Optimizer {
 public:
  std::size_t slots() const override { return 2; }
  std::size_t numbers() const override { return 5; }
  void step(const Step& /*step*/) const override {}
};

Experiment experiment(const std::string& layers, const std::string& batch_size) {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  std::string text = tiny_experiment(folder, "batch_size: " + batch_size + "\n");
  const std::string from = "  - dense: {units: 3}\n";
  text.replace(text.find(from), from.size(), layers);
  Node document = parse(text);
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  auto read = read_experiment(document, reading);
  REQUIRE_EQ(diagnostics.text(), "");
  return std::move(*read);
}

}  // namespace

TEST_CASE("run_bytes: what the optimizer remembers and a gradient that is needed whole count") {
  Experiment plain = experiment("  - dense: {units: 3}\n", "full");
  const double before = run_bytes(plain);
  const auto copy = static_cast<double>(plain.model.network.parameter_count() * sizeof(Scalar));
  plain.model.clip.by = GradientClip::By::kNorm;
  CHECK_EQ(run_bytes(plain), before + copy);
  plain.model.optimizer = std::make_shared<Remembers>();
  CHECK_EQ(run_bytes(plain), before + 3 * copy + 5 * sizeof(double));
}

TEST_CASE("run_bytes: each shard has a gradient") {
  const std::string layers = "  - dense: {units: 3}\n  - layer_norm\n";
  const Experiment full = experiment(layers, "full");
  const std::size_t gradients = 2 * full.model.network.parameter_count();
  CHECK_EQ(run_bytes(full) - run_bytes(experiment(layers, "60")),
           static_cast<double>(gradients * sizeof(Scalar)));
}

}  // namespace nnrun
