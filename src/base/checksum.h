// SHA-256 through OpenSSL.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace nnrun {

/// The SHA-256 of the pieces, one after the other, as 64 hexadecimal digits (FIPS 180-4).
std::string sha256(std::initializer_list<std::span<const std::uint8_t>> pieces);

/// The same of a text's bytes.
std::string sha256(std::string_view text);

}  // namespace nnrun
