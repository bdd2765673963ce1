// The JSON Schema of an experiment file and of a manifest, for editors and other programs.
#pragma once

#include <string>

namespace nnrun {

/// JSON Schema, draft 7: the newest that every editor's YAML language server and Debian's python3-jsonschema
/// know alike. configs/experiment.schema.json is a copy of it.
std::string experiment_schema();

/// The same for configs/manifest.schema.json.
std::string manifest_schema();

}  // namespace nnrun
