// A file of the results tree that is not what nnrun wrote.
#pragma once

#include "base/error.h"

namespace nnrun {

/// Thrown for its content; that it cannot be read is another Error.
class Damage : public Error {
 public:
  using Error::Error;
};

}  // namespace nnrun
