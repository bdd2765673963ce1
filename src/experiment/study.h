// What an experiment file says of its runs beside the lists in its fields: grid, zip, runs, when, exclude, repeat,
// vary and search.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "config/diagnostics.h"
#include "config/match.h"
#include "core/search.h"
#include "experiment/joint_axes.h"

namespace nnrun {

struct Study {
  std::vector<JointAxis> joints;
  std::vector<Pattern> excluded;
  bool repeats = false;  ///< `repeat:` has made an axis of `seed`
  std::shared_ptr<const Search> search;
  Node written;  ///< these keys, as they were written
};

/// The keys that take_study() reads.
const std::vector<std::string>& study_keys();

/// Makes these keys known, which are read by take_study().
void record_study(Options& top);

/// The document with the first rows of those of these axes that have no condition: it can be read.
Node with_first_rows(const Node& document, const Study& study,
                     const std::vector<std::size_t>& pending);

/// Takes these keys out of the document, leaving an empty mapping in each one's place: they may be long, and each
/// run has a copy. What is an axis alone is put where its path leads.
Study take_study(Node& document, Diagnostics& diagnostics);

}  // namespace nnrun
