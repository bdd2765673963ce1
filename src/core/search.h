// How the trials of a study are drawn from its axes, and how far each of them is trained.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "config/options.h"

namespace nnrun {

/// Trials that compete: all are trained to the first rung, the best of them to the next.
struct Bracket {
  std::size_t trials = 0;
  std::vector<std::size_t> rungs;  ///< epochs, rising; the last is the experiment's
};

/// The competition of a search that stops trials before their end.
struct Halving {
  std::string metric;   ///< the column of metrics.csv that trials are compared by, at each rung
  std::size_t eta = 3;  ///< of so many trials one goes on
  std::optional<std::size_t> min_epochs;  ///< the lowest rung; nothing: epochs / eta³
};

class Search {
 public:
  static constexpr const char* kKind = "search";
  virtual ~Search() = default;

  /// How many trials there are; nothing: as many as the grid has points.
  virtual std::optional<std::size_t> trials() const = 0;
  /// Whether trials fill the space evenly (Halton's sequence) instead of at random.
  virtual bool is_quasi_random() const { return false; }
  /// Nothing where every trial is trained to its end.
  virtual const Halving* halving() const { return nullptr; }
  /// The brackets of so many trials of so many epochs. Trials are dealt to them in their order.
  virtual std::vector<Bracket> brackets(std::size_t /*trials*/, std::size_t /*epochs*/) const {
    return {};
  }
};

/// A search that stops trials before their end. Options: `trials` (all, or a whole number), `sampler`, and those of
/// read_halving().
class HalvingSearch : public Search {
 public:
  std::optional<std::size_t> trials() const final { return trials_; }
  bool is_quasi_random() const final { return quasi_random_; }
  const Halving* halving() const final { return &halving_; }

 protected:
  explicit HalvingSearch(Options& options);

 private:
  std::optional<std::size_t> trials_;
  Halving halving_;
  bool quasi_random_;
};

/// `trials`: a whole number.
std::size_t read_trials(Options& options);
/// `metric`, `eta` and `min_epochs`.
Halving read_halving(Options& options);

/// The lowest rung of so many epochs.
std::size_t lowest_rung(const Halving& halving, std::size_t epochs);
/// min_epochs · eta^i, as long as that is below `epochs`, and `epochs`; the first `skipped` left out.
std::vector<std::size_t> rungs(const Halving& halving, std::size_t epochs, std::size_t skipped);

}  // namespace nnrun
