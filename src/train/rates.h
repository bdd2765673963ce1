// The learning rates of a run while it is trained.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/schedule.h"
#include "train/network.h"

namespace nnrun {

/// Parameters [from, to) of a run that are stepped at the same rate.
struct RateRange {
  std::size_t from;
  std::size_t to;
  std::size_t schedule;  ///< which of the run's schedules
};

/// The experiment's schedule, and those of layers that have their own.
class Rates {
 public:
  Rates() = default;
  Rates(const std::shared_ptr<const Schedule>& schedule, const Network& network);

  /// The parameters that are trained, in order.
  const std::vector<RateRange>& ranges() const { return ranges_; }

  /// Sets the rates of the next update.
  void set(const Clock& clock);
  /// Tells the schedules the loss after an epoch, whose last update the rates were set for.
  void observe(double loss);

  double rate(std::size_t schedule = 0) const { return followed_[schedule].rate; }

  /// All that it remembers, to be given back to rates of the same schedules.
  std::vector<double> remembered() const;
  /// False when that cannot be of these schedules.
  bool restore(std::span<const double> remembered);

 private:
  /// A schedule, and how far this run has come with it.
  struct Followed {
    std::shared_ptr<const Schedule> schedule;
    std::vector<double> numbers;
    double rate = 0;
  };
  std::size_t place_of(const std::shared_ptr<const Schedule>& schedule);

  Clock clock_;  ///< of the next update
  std::vector<Followed> followed_;
  std::vector<RateRange> ranges_;
};

}  // namespace nnrun
