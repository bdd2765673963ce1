#include "experiment/memory_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "experiment/groups.h"
#include "experiment/run_bytes.h"
#include "math/blas.h"
#include "train/first_layers.h"
#include "train/pass.h"
#include "train/shards.h"

namespace nnrun {

namespace {

double real(std::size_t count) { return static_cast<double>(count); }

constexpr double kScalar = sizeof(Scalar);
constexpr double kPosition = sizeof(std::uint32_t);  // and a label

// Measured: pages of libraries and of the heap that training is the first to touch, and for each thread
// its stack, its part of the heap and what BLAS packs.
constexpr double kLaterPages = 4e6;
constexpr double kThreadPages = 2e6;

double process_bytes(std::size_t threads) {
  constexpr double kUnknown = 20e6;
  const auto use = memory_use();
  const double now = use ? static_cast<double>(use->resident) : kUnknown;
  return now + kLaterPages + real(threads) * kThreadPages;
}

double samples_bytes(const DataFacts& facts, std::size_t samples) {
  const double element = facts.numbers ? sizeof(float) : 1;
  return real(samples) * (real(elements(facts.sample)) * element + kPosition);
}

/// Whether the samples stay in their files.
bool is_mapped(const DataSource& data) {
  return data.mapped && data.dataset->can_be_mapped(data.folder);
}

double data_bytes(const DataSource& data) {
  if (is_mapped(data)) return kPosition * real(data.facts.train + data.facts.test);
  return samples_bytes(data.facts, data.facts.train) + samples_bytes(data.facts, data.facts.test);
}

/// A part beyond the limit is dropped when it has been read, after the rest was copied.
double loading_bytes(const DataSource& data) {
  if (is_mapped(data)) return SampleReader::kMostBytes + real(data.whole.train + data.whole.test);
  const double whole =
      samples_bytes(data.whole, data.whole.train) + samples_bytes(data.whole, data.whole.test);
  return data.dataset->loading_bytes() + whole - data_bytes(data) +
         (data.most_train ? samples_bytes(data.facts, data.facts.train) : 0);
}

/// What the sparse form takes for a byte of a sample.
double sparse_share(const Experiment& experiment) {
  const Feed& feed = experiment.feed;
  const DataFacts& facts = experiment.data.facts;
  // A feature that any sample of a group has takes two bytes and one of each of its samples; and each group
  // has a cell in each tile.
  const double most = 1 + 2.0 / kGroup + real(sizeof(ByteCell)) / (kGroup * kMaskWords * 16.0);
  const bool possible = !facts.numbers && elements(facts.sample) <= ByteBlocks::kWidest &&
                        feed.features != FeatureForm::kDense && feed.augmentations.empty();
  return possible ? facts.sparse_share.value_or(most) : 0;
}

/// The samples of a group in the forms that training keeps of them.
double fed_bytes(const Experiment& experiment, std::size_t threads) {
  const Feed& feed = experiment.feed;
  const DataFacts& facts = experiment.data.facts;
  const SplitCounts split = split_counts(feed.split, facts.train);
  const double width = real(elements(facts.sample));
  // The drawn order, the split, and its parts in the order of the passes; the order of a file, for a moment.
  const double positions =
      real(facts.train) + 3 * real(split.train + split.validation) + real(facts.test);
  if (feed.streamed) {
    const double pieces = real(threads * PassRunner::kPiece) * width * sparse_share(experiment);
    const double read = is_mapped(experiment.data) ? real(threads) * SampleReader::kMostBytes : 0;
    return pieces + read + (positions + real(facts.train)) * kPosition;
  }
  // Mini-batches go over the training samples only once, for row 0: each thread makes a shard at a time.
  const double shard = real(split.train) / real(feed.shards.count(split.train)) + 1;
  const double train =
      feed.batch_size == 0 ? real(split.train) : std::min(real(threads) * shard, real(split.train));
  const double kept = train + real(split.validation) + real(facts.test);
  return kept * width * sparse_share(experiment) + positions * kPosition;
}

/// A block of samples on its way through the networks of a group, one run after the other.
double block_bytes(const std::vector<const Experiment*>& group) {
  constexpr std::size_t kRows = ByteBlocks::kBlockRows;
  const Experiment& first = *group.front();
  std::size_t workspace = 0;
  std::size_t columns = FirstLayers::panel_columns();
  for (const Experiment* run : group) {
    workspace = std::max(workspace, run->model.network.workspace_size(1));
    columns = std::max(columns, run->model.network.affine_units());
  }
  return kRows * kScalar * real(workspace + columns + elements(first.data.facts.sample));
}

/// In steps, all samples of a batch are under way at once, as numbers; one run after the other.
double batch_bytes(const std::vector<const Experiment*>& group) {
  double most = 0;
  for (const Experiment* run : group) {
    const Network& network = run->model.network;
    if (network.sums() == 0) continue;
    const std::size_t width = network.workspace_size(1) + elements(run->data.facts.sample);
    most = std::max(most, real(batch_samples(*run)) * real(width) * kScalar);
  }
  return most;
}

/// What a run is written from, its parameters and one of them as it lies in its file; and what it is
/// read from, a checkpoint and what it holds.
double writing_bytes(const Experiment& experiment) {
  const Network& network = experiment.model.network;
  std::size_t largest = 0;
  for (const NetworkParameter& parameter : network.parameters()) {
    largest = std::max(largest, parameter.size);
  }
  const Model& model = experiment.model;
  const std::size_t kept = model.keep_best ? 1 : 0;
  const double written = real(network.parameter_count() * (1 + kept)) + 2 * real(largest);
  const std::size_t best = model.stop.restores_best() ? 1 : 0;
  const double read =
      real(network.parameter_count() * (1 + model.optimizer->slots() + best + kept));
  return std::max(written, read) * kScalar;
}

double group_bytes(const std::vector<const Experiment*>& group, std::size_t threads) {
  double own = 0;
  double writing = 0;
  for (const Experiment* run : group) {
    own += run_bytes(*run);
    writing = std::max(writing, writing_bytes(*run));
  }
  return own + writing + fed_bytes(*group.front(), threads) + real(threads) * block_bytes(group) +
         batch_bytes(group);
}

const Experiment& experiment_of(const std::vector<Sweep>& sweeps, const RunRef& ref) {
  return sweeps[ref.sweep].runs[ref.run].experiment;
}

}  // namespace

MemoryEstimate estimate_memory(const std::vector<Sweep>& sweeps, const std::vector<RunRef>& refs,
                               std::size_t threads) {
  MemoryEstimate estimate;
  estimate.process = process_bytes(threads);
  std::map<std::string, const DataSource*> sources;
  for (const RunRef& ref : refs) {
    const DataSource& data = experiment_of(sweeps, ref).data;
    if (!sources.try_emplace(data.key, &data).second) continue;
    estimate.data += data_bytes(data);
    estimate.loading = std::max(estimate.loading, loading_bytes(data));
  }
  // As if all began together: interrupted runs may go on in smaller groups.
  std::vector<std::vector<RunState>> states;
  for (const Sweep& sweep : sweeps) states.emplace_back(sweep.runs.size());
  for (const auto& group : groups(sweeps, refs, states)) {
    std::vector<const Experiment*> runs;
    for (const RunRef& ref : group) runs.push_back(&experiment_of(sweeps, ref));
    estimate.training = std::max(estimate.training, group_bytes(runs, threads));
  }
  return estimate;
}

std::string memory_line(const MemoryEstimate& estimate,
                        const std::optional<AvailableMemory>& available) {
  const std::string peak = byte_size(estimate.peak());
  if (!available) return fmt::format("memory: {}", peak);
  const auto there = static_cast<double>(available->bytes);
  std::string line = fmt::format("memory: {} of {} available", peak, byte_size(there));
  if (estimate.peak() <= there) return line;
  return fmt::format(
      "{} ({}) are not enough: data sets take {}, reading them {} more, the largest runs that train "
      "together {}, the program {}\nTake a smaller batch_size, fewer --threads, less of the data "
      "(dataset.limit), or go on with --allow-swap",
      line, available->limited_by, byte_size(estimate.data), byte_size(estimate.loading),
      byte_size(estimate.training), byte_size(estimate.process));
}

std::string limit_text(const std::vector<Sweep>& sweeps, const std::vector<RunRef>& refs,
                       const MemoryEstimate& estimate) {
  for (const RunRef& ref : refs) {
    const Experiment& experiment = experiment_of(sweeps, ref);
    if (!experiment.memory || estimate.peak() <= *experiment.memory) continue;
    const DataSource& data = experiment.data;
    const bool reading = estimate.loading > estimate.training;
    return fmt::format(
        "{}: compute.memory: {}, but training takes {}: the program {}, data {}, {} {}{}",
        printable(sweeps[ref.sweep].source), byte_size(*experiment.memory),
        byte_size(estimate.peak()), byte_size(estimate.process), byte_size(estimate.data),
        reading ? "reading them" : "the largest runs that train together",
        byte_size(std::max(estimate.loading, estimate.training)),
        is_mapped(data) ? "\nFewer --threads or a smaller batch_size take less"
                        : fmt::format("\n{} is not streamed: that takes plain files of IDX or of "
                                      "uint8 or float32 .npy (gunzip compressed ones)",
                                      data.name));
  }
  return {};
}

void check_memory(const std::vector<Sweep>& sweeps, const std::vector<RunRef>& refs,
                  std::size_t threads, bool allow_swap) {
  if (refs.empty()) return;
  reserve_blas_buffers(threads);
  const MemoryEstimate estimate = estimate_memory(sweeps, refs, threads);
  if (const std::string limit = limit_text(sweeps, refs, estimate); !limit.empty()) {
    throw Error(limit);
  }
  if (allow_swap) return;
  const auto available = available_memory();
  if (!available || estimate.peak() <= static_cast<double>(available->bytes)) return;
  throw Error(memory_line(estimate, available));
}

}  // namespace nnrun
