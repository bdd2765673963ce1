// What yaml-cpp cannot read, in words that say what to do.
#pragma once

#include <yaml-cpp/exceptions.h>

#include <string_view>

#include "config/diagnostics.h"

namespace nnrun {

/// Adds the mistake at `place`, which is where yaml-cpp gave up; in its own words where there are no better ones.
void add_syntax_mistake(const YAML::Exception& error, std::string_view text, Mark place,
                        Diagnostics& diagnostics);

}  // namespace nnrun
