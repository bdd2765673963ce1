// Successive halving: how far each trial is trained, as a function of what all of them came to.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "core/search.h"

namespace nnrun {

/// What a trial came to at an epoch: nothing when it has not been there, NaN when it went wrong before.
using Score = std::function<std::optional<double>(std::size_t trial, std::size_t epoch)>;

/// The epochs that each trial is to be trained to next, or stays at. A rung is decided on when all of its trials have been
/// there; those that go on are the best ⌊n / eta⌋ of them, one at least, of equal ones the earlier trial, and none
/// that went wrong. The same scores give the same goals, whichever trials were trained first, on how many threads, and however
/// often it was stopped.
std::vector<std::size_t> goals(const std::vector<Bracket>& brackets, std::size_t eta,
                               bool higher_is_better, const Score& score);

}  // namespace nnrun
