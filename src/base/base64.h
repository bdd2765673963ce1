// Bytes as text.
#pragma once

#include <string>
#include <string_view>

namespace nnrun {

/// Base 64 with '+', '/' and padding (RFC 4648, section 4), through OpenSSL.
std::string base64(std::string_view bytes);

}  // namespace nnrun
