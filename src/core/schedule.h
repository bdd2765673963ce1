// How the learning rate changes while a run is trained.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "config/options.h"

namespace nnrun {

/// How far a run has come.
struct Clock {
  std::size_t update = 0;  ///< updates done
  std::size_t epoch = 0;   ///< epochs done
  std::size_t updates_per_epoch = 1;
  std::size_t epochs = 1;  ///< of the whole run
};

/// The learning rate as a function of time, which is counted in epochs or in updates.
class Schedule {
 public:
  static constexpr const char* kKind = "schedule";

  /// What its time is counted in.
  enum class By { kEpoch, kUpdate };

  /// Reads what all have: `by`, epoch or update, and `warm_up`, a number of those in which the rate
  /// rises in equal steps to what it starts with: rate(0) · (t + 1) / warm_up. The schedule itself
  /// begins afterwards, at its time 0.
  /// Source: Goyal et al. 2017, section 2.2
  explicit Schedule(Options& options, By by = By::kEpoch);
  virtual ~Schedule() = default;

  /// Numbers that it remembers of a run, zero at first.
  virtual std::size_t numbers() const { return 0; }

  /// Why it cannot be followed in a run of so many epochs, or nothing when it can.
  std::optional<std::string> misfit(std::size_t epochs, std::size_t updates_per_epoch) const;

  /// The learning rate of the next update.
  double rate(const Clock& clock, std::span<const double> numbers) const;

  /// Is told the loss after an epoch, with how far the run has come then; the warm-up passes unseen.
  void observe(const Clock& clock, double loss, std::span<double> numbers) const;

 protected:
  /// The rate at time `t` of `total`, 0 ≤ t < total, both without the warm-up.
  virtual double at(double t, double total, std::span<const double> numbers) const = 0;

  /// Learns from the loss by which runs are judged: on validation samples where there are any,
  /// otherwise on those trained on.
  virtual void learn(double /*loss*/, std::span<double> /*numbers*/) const {}

 private:
  double time(const Clock& clock) const;

  By by_;
  double warm_up_;
};

/// Reads the option `key`: a learning rate, which is the schedule `constant`, or a schedule. Null: the
/// mistake is in the diagnostics.
std::shared_ptr<const Schedule> read_schedule(Options& options, const std::string& key);

/// The same for a key that may be left out and has no default: null then too.
std::shared_ptr<const Schedule> read_optional_schedule(Options& options, const std::string& key);

}  // namespace nnrun
