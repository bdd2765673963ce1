// A range where a value is expected: the numbers of a grid axis, or what a search draws from.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "config/node.h"

namespace nnrun {

struct Slot;

/// `{linear: {from, to, points}}`: from + i · (to − from) / (points − 1);
/// `{log: {from, to, points}}`: from · (to / from)^(i / (points − 1));
/// `{integers: {from, to, step}}`: from + i · step, up to `to`.
/// Numbers that are not the ends are rounded to six significant digits, of which names of folders are made.
struct NumberRange {
  enum class Kind { kLinear, kLog, kIntegers };
  Kind kind = Kind::kLinear;
  double from = 0;
  double to = 0;
  std::size_t points = 0;  ///< 0: any number between the ends, which a search draws

  /// The number at a part from 0 (`from`) to 1 (`to`) of the way.
  double at(double part) const;
  /// All its numbers, in their shortest form.
  std::vector<Node> values(const Mark& mark) const;
};

/// Whether the node is written as a range: a mapping of one of these names alone.
bool is_range(const Node& node);

/// Nothing when a mistake was reported. The node's numbers are brought into their shortest form.
std::optional<NumberRange> read_range(const Slot& slot);

/// A number of a range as a document has it.
Node range_value(double value, const Mark& mark);

}  // namespace nnrun
