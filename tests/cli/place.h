// Where commands are tried.
#pragma once

#include <string>

#include "tiny_experiment.h"

namespace nnrun::test {

/// A folder with the tiny data and `tiny.yaml`.
struct Place {
  explicit Place(const std::string& more = "") {
    write_tiny_data(folder);
    write_experiment(folder, "tiny.yaml", tiny_experiment(folder, more));
  }
  TemporaryFolder folder;
};

}  // namespace nnrun::test
