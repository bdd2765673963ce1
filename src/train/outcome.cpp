#include "train/outcome.h"

#include "train/active_run.h"
#include "train/tally.h"

namespace nnrun {

Outcome outcome_of(const ActiveRun& run, std::size_t last_epoch, const Tally& test,
                   const Tally& validation) {
  Outcome outcome;
  outcome.diverged = !run.non_finite.empty();
  outcome.last_epoch = last_epoch;
  outcome.first_non_finite = run.non_finite;
  outcome.paused = run.paused;
  outcome.stopped = run.stopped;
  outcome.parameters.assign(run.parameters.begin(), run.parameters.end());
  if (run.kept.epoch) {
    outcome.best_weights_epoch = run.kept.epoch;
    outcome.best_parameters.assign(run.kept.parameters.begin(), run.kept.parameters.end());
  }
  if (outcome.diverged) return outcome;
  if (run.model->stop.restores_best()) outcome.weights_epoch = run.best.epoch;
  outcome.test = test.values(*run.model);
  if (run.model->confusion_of_test && test.samples > 0) outcome.confusion = test.confusion;
  if (run.model->confusion_of_validation) outcome.validation_confusion = validation.confusion;
  const bool on_test = test.samples > 0;
  const Tally& seen = on_test ? test : validation;
  if (seen.samples > 0) outcome.last_look = {on_test, seen.confusion, seen.hidden_units};
  return outcome;
}

}  // namespace nnrun
