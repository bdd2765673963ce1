// Comparing numbers by their bits, where == would take 0 for -0 and never a NaN for itself.
#pragma once

#include <cstring>
#include <type_traits>
#include <vector>

namespace nnrun::test {

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  static_assert(std::is_arithmetic_v<T>);
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

}  // namespace nnrun::test
