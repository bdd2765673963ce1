// What a search makes of its trials.
#pragma once

#include <string>

#include "core/registry.h"
#include "core/search.h"
#include "support.h"

namespace nnrun::test {

/// Trials and rungs of each bracket: "9 at 1 3 9; 3 at 3 9".
inline std::string brackets_of(const std::string& search, std::size_t trials, std::size_t epochs) {
  Node node = parse(search);
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  const auto made = make<Search>({&node, {}, &reading}).leaf;
  if (made == nullptr || !diagnostics.empty()) return diagnostics.text();
  std::string text;
  for (const Bracket& bracket : made->brackets(trials, epochs)) {
    text += (text.empty() ? "" : "; ") + std::to_string(bracket.trials) + " at";
    for (const std::size_t rung : bracket.rungs) text += " " + std::to_string(rung);
  }
  return text;
}

}  // namespace nnrun::test
