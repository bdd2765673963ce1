// Axes that an experiment file gives by paths: grid, zip, runs, and when.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/diagnostics.h"
#include "config/match.h"

namespace nnrun {

/// Fields that are given values together: the columns of `zip:`, the rows of `runs:`, and an axis of `grid:` that
/// `when:` has a condition for.
struct JointAxis {
  using Row = std::vector<std::pair<Path, Node>>;

  std::string key;        ///< "zip", "runs", "grid.network.2.dropout.rate"
  std::vector<Row> rows;  ///< at least one
  std::optional<Pattern> when;
  Mark mark;
  int order = 0;

  /// Whether it gives a value to this path, to what it lies in or to a part of it.
  bool touches(const Path& path) const;
};

/// Whether one of these paths is the other, or leads to it.
bool overlap(const Path& one, const Path& other);

/// Puts the values of a row into a document, in which each path leads somewhere. False, and the document is of no
/// use, when one does not.
bool apply(const JointAxis::Row& row, Node& document);

/// The paths that axes are given for: one for each.
class AxisPaths {
 public:
  AxisPaths(const Node& document, Diagnostics& diagnostics)
      : document_(document), diagnostics_(diagnostics) {}

  /// Whether no other axis, and no list in the document, has the path; it is told where one has. `where` names
  /// the axis: "zip.seed". One that is `conditional` may be a part of another.
  bool claim(const Path& path, const Mark& mark, const std::string& where,
             bool conditional = false);

 private:
  struct Claim {
    Path path;
    std::string where;  ///< by which axis
    bool conditional;
  };

  const Node& document_;
  Diagnostics& diagnostics_;
  std::vector<Claim> claimed_;
};

/// Reads `grid`, `zip`, `runs` and `when` as they are `written`. What is an axis alone is put into the document, where its
/// path leads; the others are returned.
std::vector<JointAxis> read_joint_axes(const Node& written, Node& document, AxisPaths& paths,
                                       Diagnostics& diagnostics);

}  // namespace nnrun
