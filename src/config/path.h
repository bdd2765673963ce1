// The way from the top of a document to one of its nodes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/node.h"

namespace nnrun {

/// Keys and list positions, outermost first. Positions are kept as their decimal text.
class Path {
 public:
  Path() = default;

  /// From dotted text: "network.0.dense.units".
  static Path parse(std::string_view dotted);

  Path operator/(std::string_view key) const;
  Path operator/(std::size_t index) const;

  const std::vector<std::string>& steps() const { return steps_; }

  /// For messages: "network[0].dense.units".
  std::string text() const;
  /// For `grid:`, `--set`, folder and column names: "network.0.dense.units".
  std::string dotted() const;

  /// Whether `other` is this path or goes on from it.
  bool leads_to(const Path& other) const;

  /// The node this path leads to, or null.
  const Node* find(const Node& root) const;

  /// Puts `value` where this path leads, making the mappings on the way; a leaf written as its
  /// bare name (`dense`) becomes a mapping when the path goes through it. Returns false, leaving
  /// `root` as it was, when the path runs through something that has no such part.
  /// The entries on the way are marked as written by `source`.
  bool assign(Node& root, Node value, int source = 0) const;

  /// Takes away what this path leads to, if it is an option of a mapping.
  void erase(Node& root) const;

  friend bool operator==(const Path&, const Path&) = default;

 private:
  bool can_be_made(Node& root) const;

  std::vector<std::string> steps_;
};

}  // namespace nnrun
