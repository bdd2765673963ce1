// Every mistake found in the user's files, said together.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "config/node.h"

namespace nnrun {

/// Collects mistakes while reading goes on. The same mistake at the same place counts once, however
/// many grid points run into it.
class Diagnostics {
 public:
  /// `path` is the key path shown after the place ("network[0].dense.units"), or empty.
  void add(const Mark& mark, const std::string& path, const std::string& message);

  bool empty() const { return mistakes_.empty(); }
  std::size_t size() const { return mistakes_.size(); }

  /// One line for each mistake: file:line:column: path: message; in the order of the files' lines.
  std::string text() const;

  /// Throws an Error that lists them all, when there are any.
  void throw_if_any() const;

 private:
  struct Mistake {
    Mark mark;
    std::string line;
  };
  std::vector<Mistake> mistakes_;
  std::unordered_set<std::string> lines_;  ///< theirs: a file can hold 100000 mistakes
};

}  // namespace nnrun
