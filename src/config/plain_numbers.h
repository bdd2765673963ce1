// Numbers of a document: not in quotes, within bounds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "config/bounds.h"
#include "config/node.h"
#include "config/reading.h"

namespace nnrun {

/// The number that a node is written as; nothing when it is another value, or text in quotes.
std::optional<std::int64_t> plain_whole(const Node& node);
std::optional<double> plain_real(const Node& node);

/// Any value within the bounds, to go on reading with.
double some_real(const RealBounds& bounds);

/// The number at a slot, which must not be missing. What is not within the bounds is reported, `expected`
/// being what is said of it, and read as a value that is.
double read_real(const Slot& slot, const RealBounds& bounds);
std::int64_t read_whole(const Slot& slot, const WholeBounds& bounds, const std::string& expected);

}  // namespace nnrun
