#include "base/rng.h"

#include <Random123/philox.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace nnrun {
namespace {

using Words = std::array<std::uint32_t, 4>;

/// Philox4x32-10 written down from the paper (section 3.3), to check the library and its use.
Words philox(Words counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t left = std::uint64_t{0xD2511F53U} * counter[0];
    const std::uint64_t right = std::uint64_t{0xCD9E8D57U} * counter[2];
    counter = {static_cast<std::uint32_t>(right >> 32U) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(right),
               static_cast<std::uint32_t>(left >> 32U) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(left)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

struct KnownAnswer {
  Words counter;
  std::array<std::uint32_t, 2> key;
  Words answer;
};

// From Random123's own kat_vectors, "philox4x32 10".
const KnownAnswer kKnownAnswers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};

TEST_CASE("rng: Philox gives the known answers of Random123") {
  for (const KnownAnswer& known : kKnownAnswers) {
    CHECK(philox(known.counter, known.key) == known.answer);
    const auto drawn = r123::Philox4x32{}(
        {{known.counter[0], known.counter[1], known.counter[2], known.counter[3]}},
        {{known.key[0], known.key[1]}});
    CHECK(std::equal(known.answer.begin(), known.answer.end(), drawn.begin()));
  }
}

TEST_CASE("rng: an element is Philox of seed and index and the name's hash") {
  // FNV-1a, 64 bits, of "a": the published test vector af63dc4c8601ec8c.
  constexpr std::uint64_t kSeed = 0x0123456789abcdefU;
  const Stream stream(kSeed, "a");
  for (const std::uint64_t index : {0U, 1U, 2U, 3U, 4U, 1000003U}) {
    const Words words = philox({static_cast<std::uint32_t>(index / 4), 0, 0x8601ec8c, 0xaf63dc4c},
                               {0x89abcdef, 0x01234567});
    CHECK_EQ(stream.uniform(index), (words.at(index % 4) + 0.5) / 4294967296.0);
  }
}

TEST_CASE("rng: a stream is the same whenever and however often it is asked") {
  const Stream first(7, "split/0");
  const double late = first.uniform(99);
  for (std::uint64_t i = 0; i < 100; ++i) first.uniform(i);
  CHECK_EQ(first.uniform(99), late);
  CHECK_EQ(Stream(7, "split/0").uniform(99), late);
}

TEST_CASE("rng: an index beyond 32 bits is its own") {
  const Stream stream(1, "x");
  constexpr std::uint64_t kFar = std::uint64_t{1} << 40U;
  CHECK_NE(stream.uniform(kFar), stream.uniform(0));
}

double correlation(const Stream& a, const Stream& b, std::uint64_t count) {
  double sum = 0;
  for (std::uint64_t i = 0; i < count; ++i) sum += (a.uniform(i) - 0.5) * (b.uniform(i) - 0.5);
  return 12 * sum / static_cast<double>(count);
}

TEST_CASE("rng: streams of other names and seeds are independent") {
  // The correlation of 10000 independent pairs has standard deviation 0.01.
  const Stream stream(1, "init/0.dense.weights");
  CHECK(std::abs(correlation(stream, Stream(1, "init/1.dense.weights"), 10000)) < 0.04);
  CHECK(std::abs(correlation(stream, Stream(1, "init/0.dense.bias"), 10000)) < 0.04);
  CHECK(std::abs(correlation(stream, Stream(2, "init/0.dense.weights"), 10000)) < 0.04);
  CHECK(correlation(stream, stream, 10000) > 0.9);
}

struct Moments {
  double mean = 0;
  double variance = 0;
  double skewness = 0;
  double kurtosis = 0;
};

template <class Draw>
Moments moments(Draw draw, std::uint64_t count) {
  const auto power_mean = [&](double about, int power) {
    double sum = 0;
    for (std::uint64_t i = 0; i < count; ++i) sum += std::pow(draw(i) - about, power);
    return sum / static_cast<double>(count);
  };
  const double mean = power_mean(0, 1);
  const double variance = power_mean(mean, 2);
  return {mean, variance, power_mean(mean, 3) / std::pow(variance, 1.5),
          power_mean(mean, 4) / (variance * variance)};
}

TEST_CASE("rng: uniform has the moments of the uniform distribution") {
  const Stream stream(42, "moments");
  const Moments found = moments([&](std::uint64_t i) { return stream.uniform(i); }, 100000);
  CHECK(std::abs(found.mean - 0.5) < 0.004);  // four standard errors
  CHECK(std::abs(found.variance - 1.0 / 12) < 0.001);
  CHECK(std::abs(found.kurtosis - 1.8) < 0.02);
}

TEST_CASE("rng: uniform never reaches its ends") {
  const Stream stream(42, "ends");
  for (std::uint64_t i = 0; i < 100000; ++i) {
    const double value = stream.uniform(i);
    REQUIRE(value > 0);
    REQUIRE(value < 1);
  }
}

TEST_CASE("rng: normal has the moments of the normal distribution") {
  const Stream stream(42, "moments");
  const Moments found = moments([&](std::uint64_t i) { return stream.normal(i); }, 100000);
  CHECK(std::abs(found.mean) < 0.013);
  CHECK(std::abs(found.variance - 1) < 0.018);
  CHECK(std::abs(found.skewness) < 0.031);
  CHECK(std::abs(found.kurtosis - 3) < 0.062);
}

TEST_CASE("rng: neighbouring normals are uncorrelated") {
  const Stream stream(42, "pairs");  // Box and Muller make two from one radius
  double sum = 0;
  for (std::uint64_t i = 0; i < 20000; i += 2) sum += stream.normal(i) * stream.normal(i + 1);
  CHECK(std::abs(sum / 10000) < 0.04);
}

TEST_CASE("rng: a permutation holds every position once") {
  for (const std::size_t count : {0U, 1U, 2U, 3U, 10U, 1000U}) {
    auto order = Stream(5, "order/1").permutation(count);
    std::sort(order.begin(), order.end());
    std::vector<std::uint32_t> expected(count);
    std::iota(expected.begin(), expected.end(), 0U);
    CHECK(order == expected);
  }
  CHECK(Stream(5, "order/1").permutation(1000) != Stream(5, "order/2").permutation(1000));
  CHECK(Stream(5, "order/1").permutation(1000) != Stream(6, "order/1").permutation(1000));
}

TEST_CASE("rng: every order of four comes up as often as the others") {
  std::vector<int> counts(256);
  constexpr int kDraws = 24000;
  for (int draw = 0; draw < kDraws; ++draw) {
    const auto order = Stream(1, "chi/" + std::to_string(draw)).permutation(4);
    ++counts[order[0] + 4 * order[1] + 16 * order[2] + 64 * order[3]];
  }
  const double expected = kDraws / 24.0;
  double chi_square = 0;
  for (const int count : counts) {
    if (count > 0) chi_square += (count - expected) * (count - expected) / expected;
  }
  CHECK_EQ(std::count_if(counts.begin(), counts.end(), [](int count) { return count > 0; }), 24);
  CHECK(chi_square < 49.7);  // 23 degrees of freedom: exceeded once in a thousand seeds
}

TEST_CASE("rng: many numbers at once are the ones drawn one by one") {
  const Stream stream(5, "many");
  for (const std::uint64_t first : {0U, 1U, 3U, 4U, 1001U}) {
    for (const std::size_t count : {0U, 1U, 2U, 7U, 16U}) {
      std::vector<double> numbers(count);
      stream.uniform(first, numbers);
      for (std::size_t i = 0; i < count; ++i) CHECK_EQ(numbers[i], stream.uniform(first + i));
    }
  }
}

}  // namespace
}  // namespace nnrun
