// The kinds of leaves: the one list of them that `nnrun list`, the reference and the tests walk.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "config/form.h"

namespace nnrun {

/// A registered leaf, whatever its kind.
struct LeafFacts {
  std::string name;
  std::string summary;
  std::string example;
  std::vector<OptionRecord> options;  ///< those that it asks for when it is built from its example
  std::string mistakes;               ///< of the example: empty
};

struct Kind {
  std::string name;   ///< plural, as the folder in src/
  std::string one;    ///< "layer"
  std::string place;  ///< where leaves of this kind are written, in Markdown
  std::function<std::vector<LeafFacts>()> leaves;  ///< by name
  std::string besides = {};  ///< what may stand there besides leaves of this kind
};

const std::vector<Kind>& kinds();

}  // namespace nnrun
