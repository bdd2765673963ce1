// A document as plain data: text, sequences and mappings, each knowing where it was written.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nnrun {

/// Where something was written, counted from 1. `file` is what the user named: a path or
/// "--set epochs".
struct Mark {
  std::shared_ptr<const std::string> file;
  int line = 0;
  int column = 0;
};

/// "configs/a.yaml:14:12"; the parts that are unknown left out.
std::string to_text(const Mark& mark);

struct Entry;

/// One node of a document. A reader fills defaults into the mappings it reads, so that a document
/// that has been read is the resolved one.
struct Node {
  enum class Kind { kScalar, kSequence, kMapping };

  Kind kind = Kind::kScalar;
  std::string text;          ///< of a scalar
  bool quoted = false;       ///< a quoted scalar is text, never a number
  std::vector<Node> items;   ///< of a sequence
  std::list<Entry> entries;  ///< of a mapping, in the order written; a list keeps addresses valid
  Mark mark;
  int order = 0;           ///< place in the document: what comes first is smaller
  bool from_grid = false;  ///< a sequence of `grid:`, an axis whatever the field expects

  static Node scalar(std::string text, Mark mark = {}, bool quoted = false);
  static Node sequence(Mark mark = {});
  static Node mapping(Mark mark = {});

  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_sequence() const { return kind == Kind::kSequence; }
  bool is_mapping() const { return kind == Kind::kMapping; }

  /// A number, `true`, `false` or `null` when not in quotes: not text.
  bool is_plain_value() const;

  Entry* find(std::string_view key);
  const Entry* find(std::string_view key) const;
  /// The entry `key`, made at the end of the mapping when missing.
  Entry& at(const std::string& key, const Mark& where);
  void erase(std::string_view key);
};

/// One key of a mapping with its value.
struct Entry {
  std::string key;
  Mark mark;  ///< of the key
  Node value;
  bool read = false;  ///< a key nobody read is unknown
  int source = 0;     ///< which of the files and overrides wrote it last: later ones are larger
  std::string usual = {};  ///< the default of the option that it was read as, on one line

  bool is_usual() const;
};

/// "a mapping", "a list", "'text'": what was found, for a message.
std::string describe(const Node& node);

/// A node as one short line of YAML: `{normal: {stddev: 0.01}}`.
std::string to_line(const Node& node);

/// Numbers the nodes in the order they stand in the document.
void number_nodes(Node& root);

}  // namespace nnrun
