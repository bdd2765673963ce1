// What a fuzz target is: a file NAME_fuzz.cpp here that says what nnrun does with an input.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "config/node.h"

namespace nnrun::fuzz {

/// Does with `input` what nnrun does with such a file or argument. An Error that says what is wrong with it is
/// right; a crash, any other exception, and what `must` refuses are findings.
void try_input(std::string_view input);

/// Ends the program where a promise is broken.
inline void must(bool holds) {
  if (!holds) std::abort();
}

/// A file in memory, of this process alone. Its path can be opened like that of a file on a disk.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content = {});
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  MemoryFile(MemoryFile&&) = delete;
  MemoryFile& operator=(MemoryFile&&) = delete;

  const std::string& path() const { return path_; }
  void write(std::string_view content) const;

 private:
  int descriptor_;
  std::string path_;
};

/// Whether the document's lists could make so large a grid that reading it takes seconds, as it may.
bool may_be_large(const Node& document);
/// The same of a file's text.
bool may_be_large(std::string_view text);

/// A small experiment on drawn data, as text.
extern const std::string_view kExperiment;

}  // namespace nnrun::fuzz
