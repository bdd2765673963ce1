#include "report/page_assets.h"

#include <charconv>
#include <cstddef>

#include "base/base64.h"
#include "base/checksum.h"

namespace nnrun {

namespace {

#include "page_assets.inc"

template <std::size_t N>
std::string text(const unsigned char (&bytes)[N]) {
  return {reinterpret_cast<const char*>(bytes), N};
}

/// The bytes of a digest that is written in hexadecimal digits.
std::string bytes_of(const std::string& digits) {
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    unsigned char byte = 0;
    std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace

const std::vector<std::string>& page_scripts() {
  static const std::vector<std::string> kScripts = {
      "/*\n" + text(kDygraphsLicence) + "*/\n" + text(kDygraphs), text(kTables), text(kElements),
      text(kChart), text(kCharts)};
  return kScripts;
}

const std::vector<std::string>& page_styles() {
  static const std::vector<std::string> kStyles = {text(kDygraphsStyle), text(kStyle)};
  return kStyles;
}

std::string source_hashes(const std::vector<std::string>& sources) {
  std::string hashes;
  for (const std::string& source : sources) {
    hashes += (hashes.empty() ? "'sha256-" : " 'sha256-") + base64(bytes_of(sha256(source))) + "'";
  }
  return hashes;
}

}  // namespace nnrun
