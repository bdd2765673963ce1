// What the tests of options share.
#pragma once

#include <string>

#include "config/options.h"
#include "support.h"

namespace nnrun::test {

/// One mapping being read, and what came of it.
struct OptionsFixture {
  explicit OptionsFixture(const std::string& text)
      : root(parse(text)), reading(diagnostics), options(Slot{&root, {}, &reading}) {}

  Node root;
  Diagnostics diagnostics;
  Reading reading;
  Options options;
};

}  // namespace nnrun::test
