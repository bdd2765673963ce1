// The typed reader of a mapping: every key asked for by name and type, with its default.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/bounds.h"
#include "config/reading.h"

namespace nnrun {

/// A leaf as written: a name, or a name with options.
struct LeafText {
  std::string name;
  Slot slot;   ///< the whole leaf
  Node* body;  ///< its options: a mapping
  Path path;   ///< to its options
};

/// A number of samples, or a share of all of them.
using Share = std::variant<std::int64_t, double>;

/// Reads the keys of one mapping. A mistake is added to the diagnostics with its place, and reading
/// goes on with a value that is in range, so that every mistake is found in one pass.
class Options {
 public:
  /// `slot` must be a mapping; otherwise that is reported and every key counts as missing silently.
  explicit Options(const Slot& slot);

  /// A required key when `fallback` is not given. The fallback is written into the document.
  double real(const std::string& key, const RealBounds& bounds = any_real(),
              std::optional<double> fallback = {});
  /// A number within the bounds, or the place of a leaf (`learning_rate: 0.3`). Required.
  std::variant<double, Slot> real_or_leaf(const std::string& key, const RealBounds& bounds,
                                          const Form& leaf);
  std::int64_t whole(const std::string& key, const WholeBounds& bounds = {},
                     std::optional<std::int64_t> fallback = {});
  bool boolean(const std::string& key, std::optional<bool> fallback = {});
  std::string text(const std::string& key, const std::optional<std::string>& fallback = {},
                   const Form& form = text_form());
  std::string choice(const std::string& key, const std::vector<std::string>& accepted,
                     const std::optional<std::string>& fallback = {});
  /// A whole number, or the word (`batch_size: full`), which gives nothing.
  std::optional<std::int64_t> whole_or(const std::string& key, const std::string& word,
                                       const WholeBounds& bounds, bool word_is_default);
  /// A count of samples ≥ 0, or a fraction between 0 and 1 (written with a point).
  Share share(const std::string& key, Share fallback);
  /// Keys that may be left out and have no default.
  std::optional<std::string> optional_text(const std::string& key);
  std::optional<double> optional_real(const std::string& key, const RealBounds& bounds);
  /// A list of numbers; it is no axis.
  std::optional<std::vector<double>> optional_reals(const std::string& key,
                                                    const RealBounds& bounds);

  /// The place of a value that the caller reads itself; `form` says what it may be.
  Slot place(const std::string& key, const Form& form,
             const std::optional<std::string>& fallback = {});
  /// The place of a nested leaf or mapping; `fallback` is the leaf when the key is missing.
  Slot leaf(const std::string& key, const std::optional<std::string>& fallback = {});
  Slot mapping(const std::string& key, bool required, const Form& form = mapping_form());
  /// A mapping that may be left out: then the place is missing.
  Slot optional_mapping(const std::string& key);
  /// The places of a list's items; the items of the fallback are names. A required list has some.
  std::vector<Slot> list(const std::string& key, Form form, bool required,
                         const std::vector<std::string>& fallback = {});

  bool has(const std::string& key) const;
  /// Makes known a key that may be left out, has no default and is not there.
  void record_optional(const std::string& key, const Form& form);
  /// Makes known keys of which exactly one must be there; the caller sees to it.
  void record_one_of(const std::vector<OptionRecord>& keys);
  /// Tells of a key that is read elsewhere.
  void record_other(const std::string& key, const Form& form) const;
  /// Makes an axis of the values 1 … count of a key that is not there; it stands where the key `beside` does.
  void add_axis(const std::string& key, const std::string& beside, std::int64_t count) const;
  /// Marks a key as known without reading it.
  void pass_over(const std::string& key);
  /// A mistake that involves the value of `key`; the place is the mapping when the key is missing.
  void fail(const std::string& key, const std::string& message) const;
  /// Whether files that are named are to be opened.
  bool opens_files() const { return slot_.reading->opens_files; }
  const Mark& mark() const { return slot_.node->mark; }
  const Path& path() const { return slot_.path; }

  /// Reports every key that nobody asked for. Called once, when all have been.
  void finish();

 private:
  Slot value(const std::string& key, const Form& form, const std::optional<Node>& fallback);
  void record(const std::string& key, const Form& form, const std::string& usual) const;
  void know(const std::string& key);

  Slot slot_;
  bool usable_;
  std::vector<std::string> known_;
};

/// Reads a leaf: `sigmoid` or `dense: {units: 64}`. Nothing when it is neither, which is reported.
std::optional<LeafText> read_leaf(const Slot& slot);

/// After its options were read: reports the unknown ones and writes the leaf back in short form.
void finish_leaf(const LeafText& leaf);

}  // namespace nnrun
