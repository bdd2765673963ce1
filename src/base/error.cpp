#include "base/error.h"

#include <cerrno>
#include <system_error>

#include "base/text.h"

namespace nnrun {

Error system_error(const std::string& action, const std::string& path, ExitStatus status) {
  const std::string reason = std::generic_category().message(errno);
  return Error(printable(path) + ": cannot " + action + ": " + reason, status);
}

}  // namespace nnrun
