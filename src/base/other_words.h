// What things are called elsewhere: for hints, never read as if it were right.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nnrun {

/// The candidate that other programs call `name`: "gradient_descent" for "SGD". Capitals do not matter.
std::optional<std::string> our_word(std::string_view name, std::span<const std::string> candidates);

/// Whether it is a word of other programs, whatever it is here.
bool is_other_word(std::string_view name);

/// The words of ours that hints may name.
std::vector<std::string> hinted_words();

}  // namespace nnrun
