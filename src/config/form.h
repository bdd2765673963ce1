// What a value of a document may be: the words of messages and of `nnrun list` are made from it, and the JSON
// Schema.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "config/bounds.h"

namespace nnrun {

struct OptionRecord;

struct Form {
  enum class Kind {
    kReal,
    kWhole,
    kBoolean,
    kText,
    kScalar,   ///< text, or what would be a number
    kWord,     ///< one word
    kLeaf,     ///< a name, or a name with options
    kList,     ///< of `parts[0]`, `whole` of them
    kMapping,  ///< with the keys `options`
    kNames,    ///< a mapping of any keys, at least one, to `parts[0]`
    kPaths,    ///< a mapping of dotted paths to the values of an experiment's fields
    kEither,   ///< one of `parts`
  };

  Kind kind = Kind::kText;
  std::string words;    ///< how it is said; empty: as its kind is
  std::string name;     ///< of kWord: the word; of kLeaf: "layer"; of kPaths: the key, set or grid
  std::string pattern;  ///< of kText: the regular expression (ECMAScript) that it matches
  RealBounds real;
  WholeBounds whole;
  std::vector<Form> parts;
  std::vector<OptionRecord> options;
  /// Of kMapping: keys of which exactly one must be there.
  std::vector<std::vector<std::string>> one_of;
  bool axis = true;     ///< a list of such values is a grid axis
  bool unique = false;  ///< of kList: no item twice

  /// "a real number > 0".
  std::string text() const;
};

/// An option as it was asked for: what `nnrun list KIND NAME` shows.
struct OptionRecord {
  std::string path;
  Form form;
  std::string default_value;  ///< as one line of YAML; empty when it must be given

  bool required() const { return default_value.empty(); }
};

/// The default of an option that may be left out and has none.
inline constexpr const char* kNoDefault = "(none)";

Form real_form(const RealBounds& bounds);
Form whole_form(const WholeBounds& bounds);
Form boolean_form();
/// `words` say what the text is; empty: "text".
Form text_form(const std::string& words = {}, const std::string& pattern = {});
Form scalar_form(const std::string& words);
Form word_form(const std::string& word);
/// One of these words.
Form choice_form(const std::vector<std::string>& words);
/// A leaf of this kind, which is empty where Slot::note_kind will say it.
Form leaf_form(const std::string& kind, const std::string& words = {});
Form list_form(Form item, const WholeBounds& count = at_least(0));
Form mapping_form();
Form names_form(const std::string& words, Form value);
Form paths_form(const std::string& key, const std::string& words);
Form either(std::vector<Form> parts, const std::string& words = {});
/// Text that can name a folder, as is_folder_name() has it.
Form folder_name_form();

}  // namespace nnrun
