// A document with its axes, resolved: experiment.yaml.
#pragma once

#include <string>

#include "config/diagnostics.h"
#include "config/node.h"
#include "experiment/study.h"

namespace nnrun {

/// What take_study() left of a document, with every default filled in and each value of each axis resolved, one axis
/// after the other while the others stand at their first values; and with the study's keys in their
/// places again, so that it stands for the same runs.
Node resolve(const Node& document, const Study& study, Diagnostics& diagnostics);

/// A value as names of folders have it: all words of a structured value, joined, without the options that have their
/// default: {normal: {stddev: 0.01, mean: 0}} is "normal_stddev_0.01".
std::string folder_words(const Node& node);

/// Text as it can be in the name of a folder.
std::string folder_text(const std::string& text);

}  // namespace nnrun
