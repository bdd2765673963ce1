// An IDX file, plain or compressed, of images and of labels.
#include "base/error.h"
#include "base/idx.h"
#include "fuzz/target.h"

namespace nnrun::fuzz {

void try_input(std::string_view input) {
  static const MemoryFile kFile;
  kFile.write(input);
  const bool labels = input.size() > 3 && input[3] == 1;
  const Idx idx = read_idx(kFile.path(), labels ? 1 : 3);
  must(idx.bytes.size() == elements(idx.shape));
  must(read_idx_shape(kFile.path(), labels ? 1 : 3) == idx.shape);
}

}  // namespace nnrun::fuzz
