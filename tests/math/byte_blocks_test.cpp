#include "math/byte_blocks.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "math/every_kernel.h"
#include "same_bits.h"

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

using Products = std::function<void(const ByteBlock&, const Scalar*, Scalar*)>;

/// A product of bytes and weights of so many columns, and the transposed one.
struct Pair {
  std::size_t columns;
  Products product;
  Products add_transposed;
};

Pair layers(const Kernels& kernels, std::size_t vectors) {
  return {vectors * kernels.lanes,
          [&kernels, vectors](const ByteBlock& block, const Scalar* w, Scalar* z) {
            kernels.byte_product(block, w, vectors, z);
          },
          [&kernels, vectors](const ByteBlock& block, const Scalar* d, Scalar* w) {
            kernels.add_byte_product(block, d, vectors, w);
          }};
}

Pair neurons(const Kernels& kernels, std::size_t columns) {
  return {columns,
          [&kernels, columns](const ByteBlock& block, const Scalar* w, Scalar* z) {
            kernels.neuron_product(block, w, columns, z);
          },
          [&kernels, columns](const ByteBlock& block, const Scalar* d, Scalar* w) {
            kernels.add_neuron_product(block, d, columns, w);
          }};
}

/// Checks both products of one block against sums in double precision.
void check_products(const Case& c, const Pair& pair) {
  CAPTURE(c.samples);
  CAPTURE(c.width);
  const auto bytes = draw(c.samples, c.width, c.share);
  ByteBlocks blocks;
  blocks.assign({bytes.data(), c.width}, count_to(c.samples));
  const std::size_t columns = pair.columns;
  const auto w = test::normal(c.width * columns, "w");
  const auto d = test::normal(c.samples * columns, "d");
  std::vector<Scalar> gradient(c.width * columns, 1);
  std::vector<Sum> expected_gradient(c.width * columns, Sum{1, 1});
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::size_t from = b * ByteBlocks::kBlockSamples;
    const std::size_t rows = std::min(ByteBlocks::kBlockSamples, c.samples - from);
    const ByteBlock block = blocks.block(b);
    CHECK_EQ(block.rows, rows + 1);
    std::vector<Scalar> z(block.rows * columns, 2);
    std::vector<Sum> expected(rows * columns, Sum{2, 2});
    std::vector<Scalar> deltas(block.rows * columns, 0);
    std::copy_n(d.begin() + static_cast<std::ptrdiff_t>(from * columns), rows * columns,
                deltas.begin());
    for (std::size_t n = 0; n < rows; ++n) {
      for (std::size_t f = 0; f < c.width; ++f) {
        const double x = bytes[(from + n) * c.width + f];
        for (std::size_t k = 0; k < columns; ++k) {
          expected[n * columns + k].add(x, static_cast<double>(w[f * columns + k]));
          expected_gradient[f * columns + k].add(x, static_cast<double>(deltas[n * columns + k]));
        }
      }
    }
    pair.product(block, w.data(), z.data());
    test::check_sums(z.data(), expected);
    pair.add_transposed(block, deltas.data(), gradient.data());
  }
  test::check_sums(gradient.data(), expected_gradient);
}

TEST_CASE("byte blocks: every kernel's products are those of double precision") {
  test::with_every_kernel_in_use([](const Kernels& kernels) {
    for (std::size_t vectors = 1; vectors <= kernels.panel_vectors; ++vectors) {
      for (const Case& c : kCases) check_products(c, layers(kernels, vectors));
    }
    for (const std::size_t columns : {kernels.neuron_columns, kernels.lanes}) {
      for (const Case& c : kCases) check_products(c, neurons(kernels, columns));
    }
  });
}

/// Everything that blocks hold, one number after the other.
std::vector<std::size_t> contents(const ByteBlocks& blocks) {
  std::vector<std::size_t> all;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const ByteBlock block = blocks.block(b);
    all.insert(all.end(), {block.rows, block.cell_count});
    for (std::size_t c = 0; c < block.cell_count; ++c) {
      const ByteCell& cell = block.cells[c];
      all.insert(all.end(), {cell.first, cell.entries});
      all.insert(all.end(), std::begin(cell.rows), std::end(cell.rows));
      const auto* features = block.features + cell.first;
      all.insert(all.end(), features, features + cell.entries);
      const auto* bytes = block.bytes + cell.first * kGroup;
      all.insert(all.end(), bytes, bytes + cell.entries * kGroup);
    }
  }
  return all;
}

TEST_CASE("byte blocks: every kernel makes the same blocks") {
  for (const Case& c : kCases) {
    const auto bytes = draw(c.samples, c.width, c.share);
    std::vector<std::vector<std::size_t>> found;
    test::with_every_kernel_in_use([&](const Kernels& /*each*/) {
      ByteBlocks blocks;
      blocks.assign({bytes.data(), c.width}, count_to(c.samples));
      found.push_back(contents(blocks));
    });
    for (const auto& other : found) CHECK(other == found.front());
  }
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
      std::vector<Scalar> z(31 * columns);
      kernels.byte_product(blocks.block(0), w.data(), vectors, z.data());
      auto& last = found.emplace_back();
      for (std::size_t n = 0; n < 30; ++n) last.push_back(z[n * columns + columns - 1]);
    }
    for (const auto& other : found) CHECK(test::same_bits(other, found.front()));
  });
}

/// The last column of both products; the other columns hold other numbers.
std::vector<Scalar> last_column(const ByteBlock& block, std::size_t width, const Pair& pair) {
  const std::size_t columns = pair.columns;
  const auto fill = [&](std::size_t rows, const std::string& name) {
    auto matrix = test::normal(rows * columns, "others");
    const auto column = test::normal(rows, name);
    for (std::size_t r = 0; r < rows; ++r) matrix[r * columns + columns - 1] = column[r];
    return matrix;
  };
  const auto w = fill(width, "w");
  auto z = fill(block.rows, "z");
  pair.product(block, w.data(), z.data());
  const auto d = fill(block.rows, "d");
  auto gradient = fill(width, "gradient");
  pair.add_transposed(block, d.data(), gradient.data());
  std::vector<Scalar> found;
  for (std::size_t n = 0; n + 1 < block.rows; ++n) found.push_back(z[n * columns + columns - 1]);
  for (std::size_t f = 0; f < width; ++f) found.push_back(gradient[f * columns + columns - 1]);
  return found;
}

TEST_CASE("byte blocks: a neuron has the same bits alone and beside others") {
  for (const Case& c : kCases) {
    const auto bytes = draw(c.samples, c.width, c.share);
    ByteBlocks blocks;
    blocks.assign({bytes.data(), c.width}, count_to(c.samples));
    test::with_every_kernel([&](const Kernels& kernels) {
      const ByteBlock block = blocks.block(0);
      CHECK(test::same_bits(last_column(block, c.width, neurons(kernels, kernels.neuron_columns)),
                            last_column(block, c.width, neurons(kernels, kernels.lanes))));
    });
  }
}

TEST_CASE("byte blocks: an entry is there for each feature that a group has") {
  // Five samples of three features: one group of four, and one of one; the empty one is in none.
  const std::vector<std::uint8_t> bytes = {1, 0, 0, 0, 0, 2, 3, 0, 0, 0, 0, 0, 5, 0, 6, 7, 0, 0};
  ByteBlocks blocks;
  blocks.assign({bytes.data(), 3}, count_to(6));
  CHECK_EQ(blocks.size(), 1);
  const ByteBlock block = blocks.block(0);
  REQUIRE_EQ(block.cell_count, 2);
  CHECK_EQ(block.cells[0].entries + block.cells[1].entries, blocks.entries());
  std::vector<std::uint8_t> rebuilt(bytes.size());
  for (std::size_t c = 0; c < block.cell_count; ++c) {
    const ByteCell& cell = block.cells[c];
    for (std::size_t e = cell.first; e < cell.first + cell.entries; ++e) {
      for (std::size_t s = 0; s < kGroup; ++s) {
        if (cell.rows[s] == 6) {
          CHECK_EQ(block.bytes[e * kGroup + s], 0);  // the row that is no sample's
        } else {
          rebuilt[cell.rows[s] * 3 + block.features[e]] = block.bytes[e * kGroup + s];
        }
      }
    }
  }
  CHECK(rebuilt == bytes);
  blocks.assign({bytes.data(), 3}, {});
  CHECK_EQ(blocks.size(), 0);
}

TEST_CASE("byte blocks: samples that are alike share entries") {
  constexpr std::size_t kSamples = 240;
  constexpr std::size_t kWidth = 90;
  // Each sample sets the bytes of one of six stretches, dealt at random: a group of one kind has 15
  // entries, one of four kinds has 60.
  const Stream stream(1, "kinds");
  std::vector<std::uint8_t> bytes(kSamples * kWidth);
  for (std::size_t n = 0; n < kSamples; ++n) {
    const auto kind = static_cast<std::size_t>(6 * stream.uniform(n));
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(n * kWidth + kind * 15), 15, 1);
  }
  ByteBlocks blocks;
  blocks.assign({bytes.data(), kWidth}, count_to(kSamples));
  CHECK(blocks.entries() >= kSamples / kGroup * 15);
  CHECK(blocks.entries() <= (kSamples / kGroup + 12) * 15);
}

}  // namespace
}  // namespace nnrun
