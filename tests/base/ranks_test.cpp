#include "base/ranks.h"

#include <array>
#include <barrier>
#include <cmath>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <mutex>
#include <queue>
#include <thread>

#include "base/rng.h"
#include "same_bits.h"
#include "support.h"

namespace nnrun {

namespace {

/// What ranks that are threads of this process have in common.
struct Room {
  explicit Room(std::size_t threads)
      : count(threads), all(static_cast<std::ptrdiff_t>(threads)), said(threads), values(threads) {}

  std::size_t count;
  std::barrier<> all;
  std::vector<std::string> said;
  std::vector<std::vector<Scalar>> values;
  std::mutex lock;
  std::condition_variable arrived;
  std::map<std::size_t, std::queue<std::vector<Scalar>>> letters;  ///< by who they are for
};

class Threads final : public Communicator {
 public:
  Threads(Room& room, std::size_t rank) : room_(room), rank_(rank) {}

  std::size_t rank() const override { return rank_; }
  std::size_t count() const override { return room_.count; }
  std::size_t on_this_host() const override { return room_.count; }

  void broadcast(std::span<char> bytes, std::size_t root) override {
    if (rank_ == root) room_.said[root].assign(bytes.begin(), bytes.end());
    room_.all.arrive_and_wait();
    if (!bytes.empty()) std::memcpy(bytes.data(), room_.said[root].data(), bytes.size());
    room_.all.arrive_and_wait();
  }

  std::vector<std::string> gather(const std::string& mine) override {
    room_.said[rank_] = mine;
    room_.all.arrive_and_wait();
    auto all = room_.said;
    room_.all.arrive_and_wait();
    return all;
  }

  void send(std::span<const Scalar> piece, std::size_t to) override {
    const std::lock_guard hold(room_.lock);
    room_.letters[to].emplace(piece.begin(), piece.end());
    room_.arrived.notify_all();
  }

  void receive(std::span<Scalar> piece, std::size_t /*from*/) override {
    std::unique_lock hold(room_.lock);
    room_.arrived.wait(hold, [&] { return !room_.letters[rank_].empty(); });
    const auto letter = room_.letters[rank_].front();
    room_.letters[rank_].pop();
    std::copy(letter.begin(), letter.end(), piece.begin());
  }

  void wait() override {}

  void sum(std::span<Scalar> values) override {
    room_.values[rank_].assign(values.begin(), values.end());
    room_.all.arrive_and_wait();
    std::fill(values.begin(), values.end(), Scalar{0});
    for (const auto& theirs : room_.values) {
      for (std::size_t i = 0; i < values.size(); ++i) values[i] += theirs[i];
    }
    room_.all.arrive_and_wait();
  }

  void leave() override {}
  [[noreturn]] void abort(ExitStatus status) override { std::exit(static_cast<int>(status)); }

 private:
  Room& room_;
  std::size_t rank_;
};

/// Calls body(ranks) as each of so many ranks.
void as_ranks(std::size_t count, const std::function<void(const Ranks&)>& body) {
  Room room(count);
  std::vector<std::jthread> threads;
  for (std::size_t rank = 0; rank < count; ++rank) {
    threads.emplace_back([&, rank] { body(Ranks(std::make_unique<Threads>(room, rank))); });
  }
}

constexpr std::size_t kItems = 11;
constexpr std::size_t kSums = 100;

/// Numbers of all sizes, whose sum depends on their order.
Scalar term(std::size_t item, std::size_t place) {
  const Stream stream(7, "terms");
  return static_cast<Scalar>(std::pow(10.0, 12 * stream.uniform(item * kSums + place) - 6));
}

std::vector<Scalar> added_by(std::size_t count) {
  std::vector<std::vector<Scalar>> found(count);
  as_ranks(count, [&](const Ranks& ranks) {
    std::vector<Scalar> sums(kSums, 3);
    const std::array<std::size_t, 3> ends = {1, 64, kSums};
    const RankShare mine = ranks.share(kItems);
    ranks.add_in_order(sums, ends, [&](std::size_t piece) {
      for (std::size_t at = piece == 0 ? 0 : ends.at(piece - 1); at < ends.at(piece); ++at) {
        for (std::size_t item = mine.begin; item < mine.end; ++item) sums[at] += term(item, at);
      }
    });
    found[ranks.rank()] = sums;
  });
  for (const auto& sums : found) CHECK(test::same_bits(sums, found.front()));
  return found.front();
}

}  // namespace

TEST_CASE("ranks: shares are all of the items, in order") {
  for (const std::size_t count : {1U, 2U, 3U, 7U, 16U, 20U}) {
    as_ranks(count, [&](const Ranks& ranks) {
      const RankShare mine = ranks.share(16);
      CHECK_EQ(mine.begin, ranks.rank() == 0 ? 0 : ranks.share(16, ranks.rank() - 1).end);
      CHECK_LE(mine.size(), 16 / count + 1);
      if (ranks.rank() + 1 == count) CHECK_EQ(mine.end, 16);
    });
  }
}

TEST_CASE("ranks: sums in order have the same bits for any number of ranks") {
  const auto alone = added_by(1);
  Scalar first = 0;
  for (std::size_t item = 0; item < kItems; ++item) first += term(item, 0);
  CHECK(test::same_bits(std::vector{alone.front()}, std::vector{first}));
  for (const std::size_t count : {2U, 3U, 4U, 11U, 13U})
    CHECK(test::same_bits(added_by(count), alone));
}

TEST_CASE("ranks: sums in any order are of all ranks") {
  as_ranks(3, [](const Ranks& ranks) {
    std::vector<Scalar> sums = {static_cast<Scalar>(ranks.rank()), 1};
    ranks.add_in_any_order(sums);
    CHECK_EQ(sums, std::vector<Scalar>{3, 3});
  });
}

TEST_CASE("ranks: the first one is heard by all, and all by each") {
  as_ranks(3, [](const Ranks& ranks) {
    CHECK_EQ(ranks.broadcast(ranks.is_first() ? "hello" : "nothing"), "hello");
    CHECK_EQ(ranks.broadcast(ranks.is_first() ? "" : "nothing"), "");
    CHECK_EQ(ranks.broadcast_value(ranks.rank() + 5), 5);
    CHECK_EQ(ranks.gather(std::string(ranks.rank(), 'x')), std::vector<std::string>{"", "x", "xx"});
  });
}

TEST_CASE("ranks: what fails on one fails on all, with its words and status") {
  as_ranks(3, [](const Ranks& ranks) {
    std::string told;
    ExitStatus status = ExitStatus::kDone;
    try {
      ranks.together([&] {
        if (ranks.rank() == 1) throw Error("no data", ExitStatus::kRunFailed);
      });
    } catch (const Error& error) {
      told = error.what();
      status = error.status();
    }
    CHECK_EQ(told, "rank 1: no data");
    CHECK(status == ExitStatus::kRunFailed);
    ranks.together([] {});
  });
}

TEST_CASE("ranks: alone, everything is said to oneself") {
  const Ranks alone;
  CHECK(alone.is_first());
  CHECK_EQ(alone.broadcast("a"), "a");
  CHECK_EQ(alone.gather("a"), std::vector<std::string>{"a"});
  CHECK_THROWS_WITH_AS(alone.together([] { throw Error("mine"); }), "mine", Error);
}

}  // namespace nnrun
