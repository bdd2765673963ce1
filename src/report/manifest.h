// A manifest: experiments, and what a text claims of them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/claim.h"
#include "report/experiments.h"
#include "report/figure.h"

namespace nnrun {

struct Manifest {
  std::filesystem::path source;        ///< the file it was read from
  std::vector<std::string> overrides;  ///< of `--set`
  std::string name;  ///< names the folder of what is made of it, in the results tree
  std::string description;
  /// Of the folders of its experiments, below the results tree: empty, or the name where it keeps
  /// results of its own.
  std::filesystem::path parent;
  std::vector<ManifestExperiment> experiments;
  std::vector<Figure> figures;
  std::vector<Claim> claims;
};

/// What a manifest may have.
Form manifest_form();

/// Whether the file can be read and has `experiments`, as a manifest does.
bool is_manifest(const std::filesystem::path& file);

/// Reads a manifest, the files it extends and its experiments, to which `set` of the manifest and then
/// `arguments` of `--set` are applied. Throws an Error with every mistake of all files.
Manifest load_manifest(const std::filesystem::path& file,
                       const std::vector<std::string>& arguments);

/// The sweeps of its experiments, in their order.
std::vector<Sweep> sweeps_of(const Manifest& manifest);

}  // namespace nnrun
