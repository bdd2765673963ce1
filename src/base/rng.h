// Counter-based random streams: one per name, so that nothing depends on the order of use.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace nnrun {

/// The random numbers of one purpose ("split", "init/0.dense.weights", "order/7") under one seed.
/// Element `i` is a function of (seed, name, i) alone.
/// Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3",
///         Philox4x32-10: the key is the seed, the counter is (i, FNV-1a hash of the name).
class Stream {
 public:
  Stream(std::uint64_t seed, std::string_view name);

  /// Uniform on (0, 1), 32 bits fine; the ends are never reached.
  double uniform(std::uint64_t index) const;
  /// The numbers from `first` on, each as above, in a fourth of the time.
  void uniform(std::uint64_t first, std::span<double> numbers) const;

  /// Standard normal by Box and Muller 1958; at most 6.7 standard deviations from 0.
  double normal(std::uint64_t index) const;

  /// The numbers 0 … count − 1 in random order (Fisher and Yates, Durstenfeld 1964).
  std::vector<std::uint32_t> permutation(std::size_t count) const;

 private:
  std::array<std::uint32_t, 4> block(std::uint64_t counter) const;
  std::uint64_t bits(std::uint64_t index) const;

  std::uint64_t seed_;
  std::uint64_t name_;
};

}  // namespace nnrun
