#include "base/rng.h"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace nnrun {

namespace {

constexpr double kTwoTo32 = 4294967296.0;

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char letter : text) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
  }
  return hash;
}

std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t high(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32U); }

double open_unit(std::uint32_t bits) { return (static_cast<double>(bits) + 0.5) / kTwoTo32; }

/// floor(bits · bound / 2⁶⁴): uniform on [0, bound) but for a bias below bound / 2⁶⁴.
std::size_t below(std::uint64_t bits, std::uint64_t bound) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>((static_cast<Wide>(bits) * bound) >> 64U);
}

}  // namespace

Stream::Stream(std::uint64_t seed, std::string_view name) : seed_(seed), name_(fnv1a(name)) {}

std::array<std::uint32_t, 4> Stream::block(std::uint64_t counter) const {
  const r123::Philox4x32::ctr_type position = {
      {low(counter), high(counter), low(name_), high(name_)}};
  const r123::Philox4x32::key_type key = {{low(seed_), high(seed_)}};
  const auto drawn = r123::Philox4x32{}(position, key);
  return {drawn[0], drawn[1], drawn[2], drawn[3]};
}

double Stream::uniform(std::uint64_t index) const { return open_unit(block(index / 4)[index % 4]); }

void Stream::uniform(std::uint64_t first, std::span<double> numbers) const {
  for (std::size_t i = 0; i < numbers.size();) {
    const auto drawn = block((first + i) / 4);
    for (std::size_t part = (first + i) % 4; part < 4 && i < numbers.size(); ++part) {
      numbers[i++] = open_unit(drawn[part]);
    }
  }
}

double Stream::normal(std::uint64_t index) const {
  const auto drawn = block(index / 4);
  const std::size_t pair = index % 4 / 2 * 2;
  const double radius = std::sqrt(-2.0 * std::log(open_unit(drawn[pair])));
  const double angle = 2.0 * std::numbers::pi * open_unit(drawn[pair + 1]);
  return radius * (index % 2 == 0 ? std::cos(angle) : std::sin(angle));
}

std::uint64_t Stream::bits(std::uint64_t index) const {
  const auto drawn = block(index / 2);
  const std::size_t half = index % 2 * 2;
  return (static_cast<std::uint64_t>(drawn[half + 1]) << 32U) | drawn[half];
}

std::vector<std::uint32_t> Stream::permutation(std::size_t count) const {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t left = count; left > 1; --left) {
    std::swap(order[left - 1], order[below(bits(left), left)]);
  }
  return order;
}

}  // namespace nnrun
