// Why a part of a network cannot stand where it was put.
#pragma once

#include <stdexcept>

namespace nnrun {

/// Thrown with what is wrong, for the place in the file that the catcher knows.
class Misfit : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace nnrun
