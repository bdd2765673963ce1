// Arguments of `--set`, one a line, over a small experiment.
#include <vector>

#include "config/document.h"
#include "experiment/sweep.h"
#include "fuzz/target.h"

namespace nnrun::fuzz {

namespace {

std::vector<std::string> lines(std::string_view input) {
  std::vector<std::string> all;
  while (!input.empty()) {
    const auto end = std::min(input.find('\n'), input.size());
    all.emplace_back(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  return all;
}

}  // namespace

void try_input(std::string_view input) {
  static const MemoryFile kFile(kExperiment);
  const auto arguments = lines(input);
  Diagnostics diagnostics;
  const auto overrides = parse_overrides(arguments, diagnostics);
  const auto document = load_document(kFile.path(), overrides, diagnostics);
  if (document && may_be_large(*document)) return;
  static_cast<void>(load_sweeps({kFile.path()}, arguments));
}

}  // namespace nnrun::fuzz
