// A Node tree as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "config/node.h"

namespace nnrun {

/// Plain numbers become numbers and true and false booleans; quoted text stays text.
nlohmann::ordered_json to_json(const Node& node);

}  // namespace nnrun
