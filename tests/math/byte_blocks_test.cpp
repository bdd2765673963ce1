#include "math/byte_blocks.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "math/every_kernel.h"

namespace nnrun {
namespace {

using test::Sum;

/// Samples of which a share of the bytes is not zero; sample 1 is empty and sample 2 full.
std::vector<std::uint8_t> draw(std::size_t samples, std::size_t width, double share) {
  const Stream stream(7, "bytes/" + std::to_string(samples) + "/" + std::to_string(width));
  std::vector<std::uint8_t> bytes(samples * width);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool set = (i / width == 2 || stream.uniform(2 * i) < share) && i / width != 1;
    bytes[i] = set ? static_cast<std::uint8_t>(1 + 254.9 * stream.uniform(2 * i + 1)) : 0;
  }
  return bytes;
}

std::vector<std::uint32_t> count_to(std::size_t count) {
  std::vector<std::uint32_t> positions(count);
  std::iota(positions.begin(), positions.end(), 0U);
  return positions;
}

struct Case {
  std::size_t samples;
  std::size_t width;
  double share;
};

const std::vector<Case> kCases = {{1, 1, 1},     {3, 5, 0.5},    {4, 127, 0.2}, {5, 128, 0.2},
                                  {9, 129, 0.1}, {256, 31, 0.3}, {257, 8, 0},   {300, 300, 0.05}};

/// Checks both products of one block against sums in double precision.
void check_products(const Kernels& kernels, const Case& c, std::size_t vectors) {
  CAPTURE(c.samples);
  CAPTURE(c.width);
  const auto bytes = draw(c.samples, c.width, c.share);
  ByteBlocks blocks;
  blocks.assign({bytes.data(), c.width}, count_to(c.samples));
  const std::size_t columns = vectors * kernels.lanes;
  const auto w = test::normal(c.width * columns, "w");
  const auto d = test::normal((c.samples + kGroup) * columns, "d");
  std::vector<Scalar> gradient(c.width * columns, 1);
  std::vector<Sum> expected_gradient(c.width * columns, Sum{1, 1});
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::size_t from = b * ByteBlocks::kBlockSamples;
    const std::size_t rows = std::min(ByteBlocks::kBlockSamples, c.samples - from);
    const ByteBlock block = blocks.block(b);
    std::vector<Scalar> z(block.groups * kGroup * columns, 2);
    std::vector<Sum> expected(rows * columns, Sum{2, 2});
    std::vector<Scalar> deltas(block.groups * kGroup * columns, 0);
    std::copy_n(d.begin(), rows * columns, deltas.begin());
    for (std::size_t n = 0; n < rows; ++n) {
      for (std::size_t f = 0; f < c.width; ++f) {
        const double x = bytes[(from + n) * c.width + f];
        for (std::size_t k = 0; k < columns; ++k) {
          expected[n * columns + k].add(x, static_cast<double>(w[f * columns + k]));
          expected_gradient[f * columns + k].add(x, static_cast<double>(deltas[n * columns + k]));
        }
      }
    }
    kernels.byte_product(block, w.data(), vectors, z.data());
    test::check_sums(z.data(), expected);
    kernels.add_byte_product(block, deltas.data(), vectors, gradient.data());
  }
  test::check_sums(gradient.data(), expected_gradient);
}

TEST_CASE("byte blocks: every kernel's products are those of double precision") {
  test::with_every_kernel([](const Kernels& kernels) {
    for (std::size_t vectors = 1; vectors <= kernels.panel_vectors; ++vectors) {
      for (const Case& c : kCases) check_products(kernels, c, vectors);
    }
  });
}

TEST_CASE("byte blocks: a column's bits do not depend on its place") {
  const auto bytes = draw(30, 200, 0.3);
  ByteBlocks blocks;
  blocks.assign({bytes.data(), 200}, count_to(30));
  const auto column = test::normal(200, "column");
  test::with_every_kernel([&](const Kernels& kernels) {
    std::vector<std::vector<Scalar>> found;
    for (std::size_t vectors = 1; vectors <= kernels.panel_vectors; ++vectors) {
      const std::size_t columns = vectors * kernels.lanes;
      auto w = test::normal(200 * columns, "others");
      for (std::size_t f = 0; f < 200; ++f) w[f * columns + columns - 1] = column[f];
      std::vector<Scalar> z(32 * columns);
      kernels.byte_product(blocks.block(0), w.data(), vectors, z.data());
      auto& last = found.emplace_back();
      for (std::size_t n = 0; n < 30; ++n) last.push_back(z[n * columns + columns - 1]);
    }
    for (const auto& other : found) CHECK(other == found.front());
  });
}

TEST_CASE("byte blocks: an entry is there for each feature that a group has") {
  // Five samples of three features: a group of four, and one of one.
  const std::vector<std::uint8_t> bytes = {1, 0, 0, 0, 0, 2, 3, 0, 0, 0, 0, 0, 0, 4, 0};
  ByteBlocks blocks;
  blocks.assign({bytes.data(), 3}, count_to(5));
  CHECK_EQ(blocks.size(), 1);
  CHECK_EQ(blocks.entries(), 3);
  const ByteBlock block = blocks.block(0);
  CHECK_EQ(block.groups, 2);
  CHECK(std::vector<int>(block.features, block.features + 3) == std::vector<int>{0, 2, 1});
  CHECK(std::vector<int>(block.bytes, block.bytes + 12) ==
        std::vector<int>{1, 0, 3, 0, 0, 2, 0, 0, 4, 0, 0, 0});
  blocks.assign({bytes.data(), 3}, {});
  CHECK_EQ(blocks.size(), 0);
}

TEST_CASE("byte blocks: the order by likeness is a permutation, and has fewer entries") {
  constexpr std::size_t kSamples = 403;
  constexpr std::size_t kWidth = 90;
  // Each sample sets the bytes of one of six thirds and sixths, dealt at random.
  const Stream stream(1, "kinds");
  std::vector<std::uint8_t> bytes(kSamples * kWidth);
  std::vector<std::uint32_t> labels(kSamples);
  for (std::size_t n = 0; n < kSamples; ++n) {
    const auto kind = static_cast<std::size_t>(6 * stream.uniform(n));
    labels[n] = static_cast<std::uint32_t>(n % 2);
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(n * kWidth + kind * 15), 15, 1);
  }
  const auto positions = count_to(kSamples);
  const ByteRows rows{bytes.data(), kWidth};
  auto ordered = order_by_likeness(rows, labels, positions);
  CHECK(ordered == order_by_likeness(rows, labels, positions));
  ByteBlocks as_given;
  ByteBlocks alike;
  as_given.assign(rows, positions);
  alike.assign(rows, ordered);
  CHECK(alike.entries() * 2 < as_given.entries());
  std::sort(ordered.begin(), ordered.end());
  CHECK(ordered == positions);
}

}  // namespace
}  // namespace nnrun
