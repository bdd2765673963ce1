#include "base/base64.h"

#include <openssl/evp.h>

#include <vector>

namespace nnrun {

std::string base64(std::string_view bytes) {
  std::vector<unsigned char> text((bytes.size() + 2) / 3 * 4 + 1);  // one for OpenSSL's final NUL
  const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
  const int length = EVP_EncodeBlock(text.data(), from, static_cast<int>(bytes.size()));
  return {text.begin(), text.begin() + length};
}

}  // namespace nnrun
