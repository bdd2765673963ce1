// A file that may be compressed, read in pieces.
#include <array>

#include "base/gzip.h"
#include "fuzz/target.h"

namespace nnrun::fuzz {

void try_input(std::string_view input) {
  static const MemoryFile kFile;
  kFile.write(input);
  ContentReader reader(kFile.path());
  std::array<std::uint8_t, 1000> piece{};
  std::uint64_t length = 0;
  while (const std::size_t got = reader.read(piece)) length += got;
  must(length <= reader.longest_possible());
  must(reader.known_length().value_or(length) == length);
  must(reader.read(piece) == 0);
}

}  // namespace nnrun::fuzz
