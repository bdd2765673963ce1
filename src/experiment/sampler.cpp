#include "experiment/sampler.h"

#include <cmath>

#include "base/rng.h"

namespace nnrun {

double Sampler::part(std::size_t trial, const std::string& axis) {
  const Stream stream(seed_, "search/" + axis);
  if (!quasi_random_) return stream.uniform(trial);
  const std::size_t rank = ranks_.try_emplace(axis, ranks_.size()).first->second;
  const double shifted = radical_inverse(trial, prime(rank)) + stream.uniform(0);
  return shifted - std::floor(shifted);
}

double radical_inverse(std::uint64_t index, std::uint64_t base) {
  double value = 0;
  double digit = 1;
  for (; index > 0; index /= base) {
    digit /= static_cast<double>(base);
    value += digit * static_cast<double>(index % base);
  }
  return value;
}

std::uint64_t prime(std::size_t rank) {
  std::uint64_t candidate = 1;
  for (std::size_t found = 0; found <= rank;) {
    ++candidate;
    bool divides = false;
    for (std::uint64_t d = 2; d * d <= candidate && !divides; ++d) divides = candidate % d == 0;
    if (!divides) ++found;
  }
  return candidate;
}

}  // namespace nnrun
