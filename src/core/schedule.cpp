#include "core/schedule.h"

#include <fmt/format.h>

#include "core/registry.h"

namespace nnrun {

namespace {

/// The schedule `constant`, which a number stands for.
std::shared_ptr<const Schedule> constant(double rate) {
  Node body = Node::mapping();
  body.at("rate", {}).value = Node::scalar(shortest(rate));
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  Options options({&body, {}, &reading});
  return Registry<Schedule>::instance().find("constant")->make(options);
}

Form schedule_form() {
  return leaf_form(Schedule::kKind, "a schedule ({cosine: {from: 1.0, to: 0.01}})");
}

}  // namespace

Schedule::Schedule(Options& options, By by) {
  const std::string usual = by == By::kEpoch ? "epoch" : "update";
  by_ = options.choice("by", {"epoch", "update"}, usual) == "epoch" ? By::kEpoch : By::kUpdate;
  warm_up_ = static_cast<double>(options.whole("warm_up", at_least(0), 0));
}

std::optional<std::string> Schedule::misfit(std::size_t epochs,
                                            std::size_t updates_per_epoch) const {
  const bool by_epoch = by_ == By::kEpoch;
  const std::size_t total = by_epoch ? epochs : epochs * updates_per_epoch;
  if (warm_up_ == 0 || warm_up_ < static_cast<double>(total)) return std::nullopt;
  return fmt::format("warm_up takes {} {}, and the run has no more than {}", warm_up_,
                     by_epoch ? "epochs" : "updates", total);
}

double Schedule::rate(const Clock& clock, std::span<const double> numbers) const {
  const double t = time(clock);
  const std::size_t each = by_ == By::kEpoch ? 1 : clock.updates_per_epoch;
  const auto total = static_cast<double>(clock.epochs * each);
  const double rest = total - warm_up_;
  if (t < warm_up_) return at(0, rest, numbers) * (t + 1) / warm_up_;
  return at(t - warm_up_, rest, numbers);
}

void Schedule::observe(const Clock& clock, double loss, std::span<double> numbers) const {
  if (time(clock) > warm_up_) learn(loss, numbers);
}

double Schedule::time(const Clock& clock) const {
  return static_cast<double>(by_ == By::kEpoch ? clock.epoch : clock.update);
}

std::shared_ptr<const Schedule> read_schedule(Options& options, const std::string& key) {
  const auto read = options.real_or_leaf(key, positive(), schedule_form());
  if (const auto* number = std::get_if<double>(&read)) return constant(*number);
  return make<Schedule>(std::get<Slot>(read)).leaf;
}

std::shared_ptr<const Schedule> read_optional_schedule(Options& options, const std::string& key) {
  if (options.has(key)) return read_schedule(options, key);
  options.record_optional(key, either({real_form(positive()), schedule_form()}));
  return nullptr;
}

}  // namespace nnrun
