// The sentence that a run has in runs.csv when it is no plain success: the cause and a remedy.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "experiment/spec.h"
#include "train/model.h"
#include "train/trainer.h"

namespace nnrun {

/// "diverged at epoch 7: 0.dense.weights went non-finite first", of a run that diverged.
std::string divergence(const Outcome& outcome);

/// "diverged at epoch 7: 0.dense.weights went non-finite first; take a smaller learning rate". Made of what
/// was measured alone, and empty for a run that learned:
///   diverged       what went non-finite first, and how the train loss had grown
///   not learned    predictions that are all of one class, or no better than the commonest class; a train
///                  loss that did not fall; hidden layers that are nearly all at their limits. Only where
///                  the network is not nine tenths of the way from the commonest class to no mistake
///   overfitting    a validation loss that has risen by a tenth, and stayed there, while the train loss fell;
///                  not where the weights are those of the best epoch
std::string remark(const Model& model, const std::vector<EpochRecord>& records,
                   const Outcome& outcome);

/// What run.json says of how a run ended: its remark, and before it of one that ended before its last epoch which
/// rule ended it ("stopped at epoch 57: validation_loss has not improved since epoch 37, when it was 0.25"). Of
/// a paused run "paused at epoch 18 of 500" alone.
std::string ending(const Experiment& experiment, const std::vector<EpochRecord>& records,
                   const Outcome& outcome);

/// Whether such a message is that of a paused run, which has not come to its end.
bool is_paused(const std::string& status, const std::string& message);

/// Whether such a message has a remark.
bool has_remark(const std::string& status, const std::string& message);

/// Of a run that was interrupted in this epoch, or before the first.
std::string interruption(std::size_t epoch);

/// Why a run could not be trained, with what to do.
std::string failure(const std::string& why);

}  // namespace nnrun
