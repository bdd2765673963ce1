// One pass of typed reading over a document: what it finds wrong, and which fields are grid axes.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostics.h"
#include "config/form.h"
#include "config/path.h"
#include "config/range.h"

namespace nnrun {

/// A field that holds a list, or a range, where one value is expected.
struct Axis {
  Path path;
  std::vector<Node> values;
  Mark mark;
  int order = 0;  ///< place in the document
  /// A range without points: `values` has its two ends, and a search draws from it.
  std::optional<NumberRange> between = {};
};

/// Keys of the mapping at `path`, of which exactly one must be there.
struct OneOf {
  std::string path;
  std::vector<std::string> keys;
};

/// The state of one pass. Reading fills defaults into the document and puts numbers into their
/// shortest form; a list or range where one value is expected becomes an axis and is read at its first
/// value.
struct Reading {
  explicit Reading(Diagnostics& mistakes) : diagnostics(mistakes) {}

  Diagnostics& diagnostics;
  std::vector<Axis> axes;
  std::vector<OptionRecord> options;
  std::vector<OneOf> one_of;
  bool opens_files = true;  ///< whether files of starting values must be there; not in an example
  std::deque<Node> first_values;  ///< of the axes, so that the axes themselves stay as written

  /// The mapping at `path`, as it was asked for: each key's first record, those of mappings in it included.
  Form mapping(const Path& path) const;
};

/// One place of the document that is about to be read.
struct Slot {
  Node* node = nullptr;  ///< null: missing, and already reported
  Path path;
  Reading* reading = nullptr;

  void fail(const std::string& message) const;
  /// "expected a real number > 0, got 'abc'".
  void expected(const std::string& what) const;
  /// Says in the record of this option which leaves it takes: "an initializer".
  void note_kind(std::string_view kind) const;
  /// The slot itself, or the first value of the axis that stands here; its values are no lists, unless
  /// one `of_lists` is meant.
  Slot single(bool of_lists = false) const;

 private:
  Slot first_of(Axis axis) const;
  Slot first_of_range() const;
};

/// The mapping that `read` reads: what it asks for of an empty one.
Form form_read_by(const std::function<void(const Slot&)>& read);

}  // namespace nnrun
