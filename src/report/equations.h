// The equations of leaves, which stand at the beginning of their files and nowhere else.
#pragma once

#include <string>
#include <vector>

namespace nnrun {

/// Line by line, without the indentation that all lines have.
struct Equations {
  std::vector<std::string> forward;   ///< up to the first gradient; all where there is none
  std::vector<std::string> backward;  ///< from the first gradient on: "dx = …", "dL/du = …"

  std::vector<std::string> all() const;
};

/// Those of src/KIND/NAME.cpp; none when there is no such file.
const Equations& equations(const std::string& kind, const std::string& name);

}  // namespace nnrun
