#include "base/tell.h"

#include <cstdio>

namespace nnrun {

void tell(std::string_view text) {
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));
}

}  // namespace nnrun
