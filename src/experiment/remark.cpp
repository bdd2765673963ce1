#include "experiment/remark.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"

namespace nnrun {

namespace {

constexpr double kNearlyAll = 0.9;
constexpr double kHardlyAny = 0.01;
/// Between the rule that ended a run and its remark; no rule has it in its words.
constexpr const char* kBeforeRemark = "; ";

/// What a confusion matrix says of all answers together.
struct Answers {
  explicit Answers(const std::vector<std::uint64_t>& confusion);

  /// How often they are right, and how often the commonest class alone would be.
  std::uint64_t right = 0;
  std::uint64_t commonest = 0;
  std::size_t commonest_class = 0;
  std::uint64_t samples = 0;
  std::vector<std::size_t> said;  ///< the classes that any answer was

  bool beat_the_commonest() const { return said.size() > 1 && right > commonest; }
  /// Whether they are nearly all the way from there to no mistake.
  bool are_good() const {
    const auto beyond = [&](std::uint64_t count) {
      return static_cast<double>(count) - static_cast<double>(commonest);
    };
    return beyond(right) >= kNearlyAll * beyond(samples);
  }
};

Answers::Answers(const std::vector<std::uint64_t>& confusion) {
  const std::size_t classes = class_count(confusion);
  for (std::size_t k = 0; k < classes; ++k) {
    const auto row = confusion.begin() + static_cast<std::ptrdiff_t>(k * classes);
    const auto of_class =
        std::accumulate(row, row + static_cast<std::ptrdiff_t>(classes), std::uint64_t{0});
    if (of_class > commonest) commonest_class = k;
    commonest = std::max(commonest, of_class);
    samples += of_class;
    right += confusion[k * classes + k];
    std::uint64_t answers = 0;
    for (std::size_t t = 0; t < classes; ++t) answers += confusion[t * classes + k];
    if (answers > 0) said.push_back(k);
  }
}

/// How the train loss went.
struct TrainLoss {
  double first;
  double last;
  std::size_t epochs;

  bool rose() const { return last > (1 + kHardlyAny) * first; }
  bool fell() const { return last < (1 - kHardlyAny) * first; }
  std::string text() const {
    const char* how = rose() ? "rose" : fell() ? "fell" : "hardly moved";
    return fmt::format("the train loss {} in {}, from {:.4g} to {:.4g}", how,
                       counted(epochs, "epoch"), first, last);
  }
};

/// Whether nearly all of a layer is where its gradient is gone.
bool is_stuck(const HiddenUnits& layer) {
  if (layer.squeezes()) return layer.share_at_limit() >= kNearlyAll;
  return static_cast<double>(layer.always_at_limit()) >=
         kNearlyAll * static_cast<double>(layer.at_limit.size());
}

std::string stuck_text(const HiddenUnits& layer) {
  if (layer.squeezes()) {
    return fmt::format("{:.3g} % of what {} puts out is within 1 % of its limits {} and {}",
                       100 * layer.share_at_limit(), layer.layer, layer.limits.lower,
                       layer.limits.upper);
  }
  return fmt::format("{} of the {} units of {} put out 0 for every sample looked at",
                     layer.always_at_limit(), layer.at_limit.size(), layer.layer);
}

std::string answers_text(const Answers& answers, const char* part, const LabelRule& labels) {
  if (answers.said.size() == 1) {
    return fmt::format("all {} {} samples are taken for {}", answers.samples, part,
                       labels.class_text(answers.said.front()));
  }
  std::string right =
      fmt::format("{} of {} {} samples are right", answers.right, answers.samples, part);
  if (answers.beat_the_commonest()) return right;
  return fmt::format("{}, no more than if all were taken for {} ({})", right,
                     labels.class_text(answers.commonest_class), answers.commonest);
}

const char* remedy(const HiddenUnits* stuck, const TrainLoss& loss) {
  if (stuck != nullptr && stuck->squeezes()) {
    return "take smaller starting weights or a smaller learning rate";
  }
  if (stuck != nullptr) {
    return "take a smaller learning rate, other starting weights and biases, or leaky_relu";
  }
  if (loss.rose()) return "take a smaller learning rate";
  return loss.fell() ? "take another learning rate or more epochs"
                     : "take a larger learning rate or more epochs";
}

/// Whether there are parameters, and training could change none.
bool is_frozen(const Network& network) {
  const auto& parameters = network.parameters();
  return !parameters.empty() &&
         std::none_of(parameters.begin(), parameters.end(), [](const NetworkParameter& parameter) {
           return parameter.declared.trained && !parameter.declared.rule.frozen;
         });
}

std::string not_learned(const Model& model, const Answers& answers,
                        const std::vector<EpochRecord>& records, const LastLook& look) {
  // Where all samples are of one class, right answers say nothing.
  const bool told_apart = answers.commonest < answers.samples;
  const TrainLoss loss{records.front().train[0], records.back().train[0], records.back().epoch};
  const auto found = std::find_if(look.hidden_units.begin(), look.hidden_units.end(), is_stuck);
  const HiddenUnits* stuck = found == look.hidden_units.end() ? nullptr : &*found;
  if ((!told_apart || answers.beat_the_commonest()) && loss.fell() && stuck == nullptr) return {};
  std::vector<std::string> parts;
  if (told_apart) {
    parts.push_back(answers_text(answers, look.on_test ? "test" : "validation", model.labels));
  }
  parts.push_back(loss.text());
  if (stuck != nullptr) parts.push_back(stuck_text(*stuck));
  parts.emplace_back(is_frozen(model.network) ? "every parameter is frozen: let some be trained"
                                              : remedy(stuck, loss));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string overfitting(const std::vector<EpochRecord>& records) {
  if (records.front().validation.empty()) return {};
  constexpr double kRisen = 1.1;
  constexpr std::size_t kLastPart = 10;
  constexpr std::size_t kFewest = 3;
  const auto best = std::min_element(
      records.begin(), records.end(),
      [](const auto& a, const auto& b) { return a.validation[0] < b.validation[0]; });
  const double least = best->validation[0];
  const std::size_t last = std::max(records.size() / kLastPart, kFewest);
  if (records.size() - 1 - best->epoch < last || records.back().train[0] >= best->train[0]) {
    return {};
  }
  const bool stays =
      std::all_of(records.end() - static_cast<std::ptrdiff_t>(last), records.end(),
                  [&](const EpochRecord& record) {
                    return record.validation[0] > least && record.validation[0] >= kRisen * least;
                  });
  if (!stays) return {};
  return fmt::format(
      "overfitting: the validation loss rose from {:.4g} at epoch {} to {:.4g} at epoch {} while the "
      "train loss fell from {:.4g} to {:.4g}; train for fewer epochs, or add dropout, l2 or data",
      least, best->epoch, records.back().validation[0], records.back().epoch, best->train[0],
      records.back().train[0]);
}

std::string diverged(const Model& model, const std::vector<EpochRecord>& records,
                     const Outcome& outcome) {
  std::string text = divergence(outcome);
  if (outcome.last_epoch == 0) {
    return text + ", before any update; take smaller starting weights or scale the data";
  }
  const auto finite = std::find_if(records.rbegin(), records.rend(), [](const EpochRecord& record) {
    return std::isfinite(record.train[0]);
  });
  if (finite != records.rend() && finite->train[0] > records.front().train[0]) {
    text += fmt::format("; the train loss had grown from {:.4g} to {:.4g}",
                        records.front().train[0], finite->train[0]);
  }
  text += "; take a smaller learning rate";
  return model.clip.by == GradientClip::By::kNothing ? text + " or clip_gradient" : text;
}

}  // namespace

std::string divergence(const Outcome& outcome) {
  return fmt::format("diverged at epoch {}: {} went non-finite first", outcome.last_epoch,
                     outcome.first_non_finite);
}

std::string remark(const Model& model, const std::vector<EpochRecord>& records,
                   const Outcome& outcome) {
  if (outcome.diverged) return diverged(model, records, outcome);
  if (outcome.last_epoch == 0) return {};
  const LastLook& look = outcome.last_look;
  const auto too_long = [&] {
    return outcome.weights_epoch ? std::string() : overfitting(records);
  };
  if (look.confusion.empty()) return too_long();
  const Answers answers(look.confusion);
  if (answers.are_good()) return {};
  const std::string text = not_learned(model, answers, records, look);
  return text.empty() ? too_long() : text;
}

std::string ending(const Experiment& experiment, const std::vector<EpochRecord>& records,
                   const Outcome& outcome) {
  if (outcome.paused) {
    return fmt::format("paused at epoch {} of {}", outcome.last_epoch, experiment.epochs);
  }
  std::string text = remark(experiment.model, records, outcome);
  if (outcome.stopped.empty()) return text;
  const std::string stop =
      fmt::format("stopped at epoch {}: {}", outcome.last_epoch, outcome.stopped);
  return text.empty() ? stop : stop + kBeforeRemark + text;
}

bool is_paused(const std::string& status, const std::string& message) {
  return status == "stopped_early" && message.starts_with("paused at epoch ");
}

bool has_remark(const std::string& status, const std::string& message) {
  if (status != "stopped_early") return !message.empty();
  return message.find(kBeforeRemark) != std::string::npos;
}

std::string interruption(std::size_t epoch) {
  return fmt::format("interrupted in epoch {}; the same command goes on", epoch);
}

std::string failure(const std::string& why) {
  return why + "; when this is mended, run it again with --retry failed";
}

}  // namespace nnrun
