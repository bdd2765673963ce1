// run.json, read again.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace nnrun {

/// The run.json of a run's folder, with all that is read from it in place; nothing when there is
/// none. Throws an Error when it is not one that nnrun wrote.
std::optional<nlohmann::ordered_json> read_run_json(const std::filesystem::path& folder);

/// A place of a configuration as messages write it: "/network/0/dense/units" is
/// "network[0].dense.units".
std::string key_path(const std::string& pointer);

/// A figure of run.json as text, empty when the run has none of this name.
std::string figure_text(const nlohmann::ordered_json& figures, const std::string& name);

}  // namespace nnrun
