// A column of metrics.csv that something is decided by: a rule of `stop`, the weights of `keep_best`, the rungs of a search.
#pragma once

#include <string>

#include "train/best_epoch.h"
#include "train/model.h"

namespace nnrun {

struct Watched {
  WatchedColumn column;
  std::string mistake;  ///< why it can be none; empty: it can
};

/// The column of this name of runs of a model; `validates`: they have validation samples.
Watched watched_column(const std::string& name, const Model& model, bool validates);

}  // namespace nnrun
