#include "core/search.h"

#include <algorithm>

namespace nnrun {

namespace {

constexpr std::int64_t kMostTrials = 1'000'000;
constexpr std::int64_t kMostEpochs = 1'000'000'000;

/// `trials: all` or a whole number.
std::optional<std::size_t> read_trials_or_all(Options& options) {
  const auto trials = options.whole_or("trials", "all", whole_between(1, kMostTrials), true);
  return trials ? std::optional(static_cast<std::size_t>(*trials)) : std::nullopt;
}

/// `sampler: random | quasi_random`.
bool read_quasi_random(Options& options) {
  return options.choice("sampler", {"random", "quasi_random"}, "random") == "quasi_random";
}

}  // namespace

std::size_t read_trials(Options& options) {
  return static_cast<std::size_t>(options.whole("trials", whole_between(1, kMostTrials)));
}

Halving read_halving(Options& options) {
  Halving halving;
  halving.metric = options.text("metric", "validation_loss");
  constexpr std::int64_t kMostEta = 1000;
  halving.eta = static_cast<std::size_t>(options.whole("eta", whole_between(2, kMostEta), 3));
  const auto least = options.whole_or("min_epochs", "auto", whole_between(1, kMostEpochs), true);
  if (least) halving.min_epochs = static_cast<std::size_t>(*least);
  return halving;
}

HalvingSearch::HalvingSearch(Options& options)
    : trials_(read_trials_or_all(options)),
      halving_(read_halving(options)),
      quasi_random_(read_quasi_random(options)) {}

std::size_t lowest_rung(const Halving& halving, std::size_t epochs) {
  const std::size_t usual = epochs / (halving.eta * halving.eta * halving.eta);
  return std::min(halving.min_epochs.value_or(std::max<std::size_t>(1, usual)), epochs);
}

std::vector<std::size_t> rungs(const Halving& halving, std::size_t epochs, std::size_t skipped) {
  std::vector<std::size_t> all;
  for (std::size_t rung = lowest_rung(halving, epochs); rung < epochs; rung *= halving.eta) {
    if (skipped > 0) {
      --skipped;
    } else {
      all.push_back(rung);
    }
  }
  all.push_back(epochs);
  return all;
}

}  // namespace nnrun
