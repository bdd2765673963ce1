// JSON Schema of what the typed reader asks for.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "config/form.h"
#include "core/kinds.h"

namespace nnrun {

/// Whether leaves of this kind stand in claims of a manifest, and in no experiment.
bool is_of_claims(const Kind& kind);

/// What a value may be and what must be there are two schemas: the second does not hold where a file that is
/// extended, or `grid`, has what is missing.
class FormSchema {
 public:
  using Json = nlohmann::ordered_json;

  /// With `axes`, those of an experiment, where a list of values may stand for one; otherwise of a manifest.
  explicit FormSchema(bool axes);

  /// One value of this form, whatever is missing in it.
  Json value(const Form& form) const;
  /// The value of an option, or a grid axis of values, with what it is and its default.
  Json field(const OptionRecord& option) const;
  /// An axis of such values: a list of them, or a range.
  Json axis(const Form& form) const;
  /// A mapping of these keys and no others.
  Json mapping(const std::vector<OptionRecord>& options) const;
  /// What must not be missing in a value of this form, or in any of an axis; empty: nothing.
  Json needs(const Form& form) const;

  /// Of every kind K that may be named: K, its leaves' options K.LEAF, and K.needs.
  Json definitions() const;

 private:
  Json list(const Form& form) const;
  Json alternatives(const Form& form) const;
  Json with_axis(Json one, const Form& form) const;
  Json leaves(const Kind& kind) const;
  Json leaf_needs(const Kind& kind) const;
  Json mapping_needs(const Form& form) const;

  bool axes_;
  std::map<std::string, std::vector<LeafFacts>> leaves_;  ///< by kind
};

}  // namespace nnrun
