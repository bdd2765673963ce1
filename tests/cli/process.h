// Runs the real nnrun as a shell would.
#pragma once

#include <string>
#include <vector>

#include "support.h"

namespace nnrun::test {

struct Finished {
  int status = -1;  ///< exit status, or 128 + the signal that ended it
  std::string out;
  std::string error;
};

/// Runs nnrun with `arguments` in the folder `where`, with NAME=VALUE added to the environment;
/// standard input is empty. Standard error goes to the descriptor `error` when it is given.
Finished nnrun(const TemporaryFolder& where, const std::vector<std::string>& arguments,
               const std::vector<std::string>& environment = {}, int error = -1);

}  // namespace nnrun::test
