#include "train/shards.h"

#include <numeric>
#include <vector>

#include "train/tiny.h"

namespace nnrun {
namespace {

TEST_CASE("shards: their number is fixed by the number of samples") {
  CHECK_EQ(ShardRule().count(0), 1);
  CHECK_EQ(ShardRule().count(1), 1);
  CHECK_EQ(ShardRule().count(127), 1);
  CHECK_EQ(ShardRule().count(128), 2);
  CHECK_EQ(ShardRule().count(700), 10);
  CHECK_EQ(ShardRule().count(1024), 16);
  CHECK_EQ(ShardRule().count(40000), 16);
}

TEST_CASE("shards: networks of many parameters have larger ones") {
  CHECK_EQ(smallest_shard(50890), 64);
  CHECK_EQ(smallest_shard(1863690), 113);
  CHECK_EQ(ShardRule{smallest_shard(1863690)}.count(256), 2);
  const Samples samples = test::random_samples(256, 3, 2, "shards");
  Shards shards(samples, {113});
  shards.assign(std::vector<std::uint32_t>(256));
  CHECK_EQ(shards.count(), 2);
  CHECK_EQ(shards.shard(0).size(), 128);
}

TEST_CASE("shards: every sample is in one of them, in order") {
  const Samples samples = test::random_samples(700, 3, 2, "shards");
  Shards shards(samples);
  std::vector<std::uint32_t> all(700);
  std::iota(all.begin(), all.end(), 0U);
  shards.assign(all);
  std::vector<std::uint32_t> seen;
  for (std::size_t i = 0; i < shards.count(); ++i) {
    const auto shard = shards.shard(i);
    CHECK_EQ(shard.size(), 70);
    seen.insert(seen.end(), shard.begin(), shard.end());
  }
  CHECK(seen == all);
  shards.assign({});
  CHECK_EQ(shards.count(), 0);
}

TEST_CASE("shards: blocks are kept of all samples, or none") {
  const Samples samples = test::random_samples(300, 9, 2, "shards");
  const std::vector<std::uint32_t> positions = {7, 200, 3, 299, 0, 1};
  const Pool pool(2);
  const Shards kept = test::shards_of(samples, positions, pool);
  Shards others(samples);
  others.assign(positions);
  CHECK(kept.keeps_blocks());
  CHECK_FALSE(others.keeps_blocks());
  ByteBlocks made;
  made.assign(byte_rows(samples), others.shard(0));
  const ByteBlocks& blocks = kept.blocks(0);
  REQUIRE_EQ(blocks.entries(), made.entries());
  CHECK(std::equal(made.block(0).bytes, made.block(0).bytes + made.entries() * kGroup,
                   blocks.block(0).bytes));
}

}  // namespace
}  // namespace nnrun
