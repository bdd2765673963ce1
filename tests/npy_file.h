// .npy files as NumPy writes them, of any type, for tests.
#pragma once

#include <cstring>
#include <string>
#include <vector>

namespace nnrun::test {

/// The bytes of a version 1.0 file: `type` is NumPy's ("<f4"), `shape` as Python prints a tuple.
template <class Element>
std::string npy_file(const std::string& type, const std::string& shape,
                     const std::vector<Element>& elements, bool fortran_order = false) {
  std::string header = "{'descr': '" + type +
                       "', 'fortran_order': " + (fortran_order ? "True" : "False") +
                       ", 'shape': " + shape + ", }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += {'\x01', '\x00', static_cast<char>(header.size() % 256),
            static_cast<char>(header.size() / 256)};
  std::string data(elements.size() * sizeof(Element), '\0');
  if (!data.empty()) std::memcpy(data.data(), elements.data(), data.size());
  return bytes + header + data;
}

}  // namespace nnrun::test
