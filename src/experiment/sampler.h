// Where the trials of a search stand on its axes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace nnrun {

/// Draws from the seed: a trial's place on an axis is a function of the seed, the axis's path and the trial's
/// number, and of nothing else; with Halton's sequence also of the axis's rank among those that were asked for.
class Sampler {
 public:
  Sampler(std::uint64_t seed, bool quasi_random) : seed_(seed), quasi_random_(quasi_random) {}

  /// A number in [0, 1): searches/random.cpp, searches/quasi_random.cpp.
  double part(std::size_t trial, const std::string& axis);

 private:
  std::uint64_t seed_;
  bool quasi_random_;
  std::map<std::string, std::size_t> ranks_;  ///< of the axes
};

/// φ_base(index): the digits of the index in this base, mirrored at the point. In [0, 1).
double radical_inverse(std::uint64_t index, std::uint64_t base);

/// The prime number of this rank, from 0 on: 2, 3, 5, ….
std::uint64_t prime(std::size_t rank);

}  // namespace nnrun
