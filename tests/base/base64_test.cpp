#include "base/base64.h"

#include "support.h"

namespace nnrun {

TEST_CASE("base64 as RFC 4648 has it") {
  CHECK_EQ(base64(""), "");
  CHECK_EQ(base64("f"), "Zg==");
  CHECK_EQ(base64("fo"), "Zm8=");
  CHECK_EQ(base64("foobar"), "Zm9vYmFy");
  CHECK_EQ(base64("\xff\xef\xbe"), "/+++");
}

}  // namespace nnrun
