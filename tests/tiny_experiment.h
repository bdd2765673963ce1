// A data set of a few small images, and experiments on it that train in milliseconds.
#pragma once

#include <string>

#include "support.h"

namespace nnrun::test {

/// Writes four IDX files into `folder`: 3 × 3 images of 3 classes, class k bright in row k, with noise
/// from a fixed seed. 300 training and 60 test samples.
void write_tiny_data(const TemporaryFolder& folder);

/// An experiment named "tiny" on them: 200 training and 100 validation samples, dense and softmax,
/// learning rate 0.5, 3 epochs. `more` is added at the end.
std::string tiny_experiment(const TemporaryFolder& folder, const std::string& more = "");

/// Writes `text` as an experiment file and returns its path.
std::string write_experiment(const TemporaryFolder& folder, const std::string& name,
                             const std::string& text);

}  // namespace nnrun::test
