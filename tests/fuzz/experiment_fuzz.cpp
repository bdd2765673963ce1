// An experiment file, as `nnrun check` reads it. What is right must be read again as it is resolved, as the
// same runs.
#include <nlohmann/json.hpp>

#include "config/json.h"
#include "config/yaml.h"
#include "experiment/sweep.h"
#include "fuzz/target.h"

namespace nnrun::fuzz {

void try_input(std::string_view input) {
  if (may_be_large(input)) return;
  static const MemoryFile kFile;
  kFile.write(input);
  const Sweep sweep = load_sweeps({kFile.path()}, {}).front();
  kFile.write(to_yaml(sweep.resolved));
  const Sweep again = load_sweeps({kFile.path()}, {}).front();
  must(to_json(again.resolved) == to_json(sweep.resolved));
  must(again.runs.size() == sweep.runs.size());
  for (std::size_t i = 0; i < sweep.runs.size(); ++i) {
    must(again.runs[i].folder == sweep.runs[i].folder);
    must(again.runs[i].configuration == sweep.runs[i].configuration);
  }
}

}  // namespace nnrun::fuzz
