// A NumPy file, as data sets and initializers read it, and as stored weights are read.
#include "base/npy_reader.h"
#include "fuzz/target.h"

namespace nnrun::fuzz {

void try_input(std::string_view input) {
  const auto stored = read_npy(input);
  must(!stored || stored->values.size() == elements(stored->shape));
  static const MemoryFile kFile;
  kFile.write(input);
  NpyReader reader(kFile.path());
  reader.read();
  const std::size_t count = elements(reader.shape());
  must(reader.sha256().size() == 64);
  if (!reader.type().is_whole()) {
    must(reader.numbers<float>().size() == count);
    must(reader.numbers<double>().size() == count);
  } else {
    must(reader.wholes().size() == count);
    if (reader.type().is_byte()) must(reader.take_bytes().size() == count);
  }
}

}  // namespace nnrun::fuzz
