#include "tiny_experiment.h"

#include <fmt/format.h>

#include "base/rng.h"

namespace nnrun::test {

namespace {

constexpr std::size_t kSide = 3;
constexpr std::size_t kClasses = 3;

void write_part(const TemporaryFolder& folder, const std::string& part, std::size_t count) {
  const Stream noise(7, part);
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;
  for (std::size_t n = 0; n < count; ++n) {
    labels.push_back(static_cast<std::uint8_t>(n % kClasses));
    for (std::size_t p = 0; p < kSide * kSide; ++p) {
      const double light = p / kSide == n % kClasses ? 180 : 0;
      pixels.push_back(static_cast<std::uint8_t>(light + 70 * noise.uniform(pixels.size())));
    }
  }
  write_bytes(folder / (part + "-images"), idx_bytes({count, kSide, kSide}, pixels));
  write_bytes(folder / (part + "-labels.gz"), gzip_bytes(idx_bytes({count}, labels)));
}

}  // namespace

void write_tiny_data(const TemporaryFolder& folder) {
  write_part(folder, "train", 300);
  write_part(folder, "test", 60);
}

std::string tiny_experiment(const TemporaryFolder& folder, const std::string& more) {
  const std::string in = folder.path().string();
  return fmt::format(R"(name: tiny
seed: 3
dataset:
  name:
    idx:
      train_images: {0}/train-images
      train_labels: {0}/train-labels.gz
      test_images: {0}/test-images
      test_labels: {0}/test-labels.gz
      classes: 3
  split: {{train: 200, validation: 100}}
network:
  - dense: {{units: 3}}
  - softmax
loss: cross_entropy
learning_rate: 0.5
epochs: 3
metrics: [accuracy]
{1})",
                     in, more);
}

std::string write_experiment(const TemporaryFolder& folder, const std::string& name,
                             const std::string& text) {
  return write_bytes(folder / name, text).string();
}

}  // namespace nnrun::test
