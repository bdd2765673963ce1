// SHA-256 through OpenSSL.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's state of a digest

namespace nnrun {

/// In hexadecimal, as all of them here.
constexpr std::size_t kDigestBytes = 64;

/// The SHA-256 of bytes that come one after the other.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// Of all bytes so far, as 64 hexadecimal digits; more may follow.
  std::string hex() const;

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// The SHA-256 of the pieces, one after the other, as 64 hexadecimal digits (FIPS 180-4).
std::string sha256(std::initializer_list<std::span<const std::uint8_t>> pieces);

/// The same of a text's bytes.
std::string sha256(std::string_view text);

}  // namespace nnrun
