// What a person reads beside the results: on standard error.
#pragma once

#include <string_view>

namespace nnrun {

/// Writes `text` to standard error. Text that cannot be written there (a full disk, a closed pipe)
/// is lost: no run ends because nobody reads its progress.
void tell(std::string_view text);

}  // namespace nnrun
