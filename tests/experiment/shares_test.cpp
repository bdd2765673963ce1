#include "experiment/shares.h"

#include "experiment/sweeps.h"

namespace nnrun {

using namespace test;

namespace {

std::vector<Sweep> sweeps_of_rates() {
  return {expanded(kBase + "epochs: 5\nlearning_rate: [1, 2, 3, 4, 5, 6, 7]\n")};
}

/// The places of the chosen runs.
std::string chosen(const std::vector<Sweep>& sweeps) {
  std::string text;
  for (const Sweep& sweep : sweeps) {
    for (std::size_t r = 0; r < sweep.runs.size(); ++r) {
      if (sweep.runs[r].chosen) text += std::to_string(r);
    }
  }
  return text;
}

std::string share_of_rates(std::size_t index, std::size_t count) {
  auto sweeps = sweeps_of_rates();
  choose_share(sweeps, {index, count});
  return chosen(sweeps);
}

}  // namespace

TEST_CASE("shares: what --shard takes, and what is wrong with the rest") {
  CHECK_EQ(share_mistake("0/1"), "");
  CHECK_EQ(share_mistake("15/16"), "");
  CHECK_EQ(parse_share("3/16").value().index, 3);
  CHECK_EQ(parse_share("3/16").value().count, 16);
  for (const char* text : {"", "3", "/", "3/", "/3", "4/4", "-1/4", "+1/4", "01/4", "0x1/4",
                           "1/4/4", "1 /4", "1.0/4", "0/0", "0/99999999999", "a/b"}) {
    CAPTURE(text);
    CHECK(contains(share_mistake(text), "expected I/N with whole numbers, I from 0 to N - 1"));
  }
}

TEST_CASE("shares: near-equal pieces that together are all runs, each of them once") {
  CHECK_EQ(share_of_rates(0, 1), "0123456");
  CHECK_EQ(share_of_rates(0, 3), "012");
  CHECK_EQ(share_of_rates(1, 3), "34");
  CHECK_EQ(share_of_rates(2, 3), "56");
  for (std::size_t count = 1; count <= 20; ++count) {
    std::string all;
    for (std::size_t index = 0; index < count; ++index) {
      const std::string share = share_of_rates(index, count);
      CHECK_LE(share.size(), 7 / count + 1);
      if (count <= 7) CHECK_GE(share.size(), 7 / count);
      all += share;
    }
    CHECK_EQ(all, "0123456");
    CHECK_EQ(run_shares(sweeps_of_rates(), count).size(), count);
  }
}

TEST_CASE("shares: runs that can be trained in lockstep stand together, whatever the axes' order") {
  const std::string axes = "seed: [1, 2]\nlearning_rate: [1, 2]\nepochs: [3, 4]\n";
  const std::string batches = "batch_size: [100, full]\n";
  auto sweeps = std::vector{expanded(kBase + "learning_rate: [1, 2]\nepochs: 3\n" + batches)};
  // The batch size is the faster axis: runs 0 and 2 go together, and so do 1 and 3.
  choose_share(sweeps, {0, 2});
  CHECK_EQ(chosen(sweeps), "02");
  auto seeds = std::vector{expanded(kBase + axes)};
  choose_share(seeds, {1, 2});
  CHECK_EQ(chosen(seeds), "4567");
}

TEST_CASE("shares: of what --only has chosen, and of the runs of all files together") {
  auto sweeps = sweeps_of_rates();
  sweeps.push_back(expanded(kStudyBase + "seed: 2\n"));
  choose(sweeps, {{"learning_rate=7", "learning_rate=1"}, std::nullopt});
  CHECK_EQ(runs_by_group(sweeps).size(), 3);
  choose_share(sweeps, {1, 3});
  CHECK_EQ(chosen(sweeps), "6");
  CHECK(run_shares(sweeps, 2)[1].empty());
}

TEST_CASE("shares: a search that stops trials at rungs has none") {
  std::vector<Sweep> sweeps = sweeps_of_rates();
  CHECK_FALSE(has_rungs(sweeps));
  sweeps.front().brackets.emplace_back();
  CHECK(has_rungs(sweeps));
  const std::string why = error_of([&] { choose_share(sweeps, {0, 2}); });
  CHECK(contains(why, "--shard: the search stops trials at rungs"));
  CHECK(contains(why, "give every process the whole file"));
}

}  // namespace nnrun
