// Patterns: which documents are meant by the values of some of their fields.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/diagnostics.h"
#include "config/path.h"

namespace nnrun {

/// Whether a value is the one that is meant: numbers by their value, words as they are written, a name of a leaf
/// whatever its options are, a mapping by the keys that the pattern has, and a list of patterns when one
/// of them matches, or when it is the same list.
bool matches(const Node& pattern, const Node& value);

/// Fields with their values, all of which must match.
struct Pattern {
  std::vector<std::pair<Path, Node>> fields;
  Mark mark;
};

/// Whether all of its fields are in the document, with these values.
bool matches(const Pattern& pattern, const Node& document);

/// A mapping of dotted paths. Nothing when a mistake was added to `diagnostics`, where `where` names the pattern.
std::optional<Pattern> read_pattern(const Node& node, const std::string& where,
                                    Diagnostics& diagnostics);

/// `learning_rate=0.7,seed=2`. Throws an Error about what is no such thing.
Pattern parse_pattern(const std::string& text);

}  // namespace nnrun
