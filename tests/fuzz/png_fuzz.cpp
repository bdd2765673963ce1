// A picture.
#include "base/png.h"
#include "fuzz/target.h"

namespace nnrun::fuzz {

void try_input(std::string_view input) {
  const Picture8 picture = decode_png(input, "input.png");
  must(is_png(input));
  must(picture.bytes.size() == picture.channels * picture.height * picture.width);
}

}  // namespace nnrun::fuzz
