// A Node tree as JSON and back.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "config/node.h"

namespace nnrun {

/// Plain numbers become numbers and true and false booleans; quoted text stays text.
nlohmann::ordered_json to_json(const Node& node);

/// The tree that to_json made this of; each node was written at `mark`.
Node from_json(const nlohmann::ordered_json& json, const Mark& mark);

}  // namespace nnrun
