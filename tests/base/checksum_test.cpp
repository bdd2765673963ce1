#include "base/checksum.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace nnrun {
namespace {

std::vector<std::uint8_t> bytes(const std::string& text) { return {text.begin(), text.end()}; }

// The messages and digests of NIST's "SHA-256" example values for FIPS 180-4.
constexpr const char* kOfNothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kOfTwoBlocks =
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
constexpr const char* kOfAMillion =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST_CASE("checksum: SHA-256 of the examples of FIPS 180-4") {
  CHECK_EQ(sha256({}), kOfNothing);
  CHECK_EQ(sha256({bytes("abc")}), kOfAbc);
  CHECK_EQ(sha256({bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")}),
           kOfTwoBlocks);
  CHECK_EQ(sha256({bytes(std::string(1000000, 'a'))}), kOfAMillion);
}

TEST_CASE("checksum: pieces count as one message") {
  CHECK_EQ(sha256({bytes("a"), bytes(""), bytes("bc")}), kOfAbc);
}

}  // namespace
}  // namespace nnrun
