// run.json: what makes a run what it is, how it ended, and the checksums of its files and of itself.
#pragma once

#include <array>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "experiment/provenance.h"
#include "experiment/sweep.h"

namespace nnrun {

/// What is known of a run from its start on, in run.json and in checkpoints.
inline constexpr std::array kRunFacts = {"experiment", "run",           "fields",
                                         "seed",       "configuration", "data",
                                         "program",    "started",       "warnings"};

/// Those facts of a run that begins now.
nlohmann::ordered_json run_facts(const Run& run, const std::vector<SourceFile>& data,
                                 const Provenance& provenance);
/// Whether they are all there, as nnrun writes them.
bool is_run_facts(const nlohmann::ordered_json& json);

/// What made a result: the part of the provenance that decides on its bits.
nlohmann::ordered_json program_json(const Provenance& provenance);

/// The text of run.json: as `json` says, with its own checksum at the end.
std::string run_json_text(const nlohmann::ordered_json& json);

/// The run.json of a run's folder, with all that is read from it in place; nothing when there is
/// none. Throws Damage when it is not one that nnrun wrote, to the last byte.
std::optional<nlohmann::ordered_json> read_run_json(const std::filesystem::path& folder);

/// A place of a configuration as messages write it: "/network/0/dense/units" is
/// "network[0].dense.units".
std::string key_path(const std::string& pointer);

/// A figure of run.json as text, empty when the run has none of this name.
std::string figure_text(const nlohmann::ordered_json& figures, const std::string& name);

}  // namespace nnrun
