// Processes that train together: the ranks of an MPI job, or this process alone.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/communicator.h"

namespace nnrun {

/// What one rank has of some items: [begin, end).
struct RankShare {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
};

/// Thrown on all ranks alike: the first one tells it.
class SharedError : public Error {
 public:
  using Error::Error;
};

/// All ranks call the same functions in the same order, each from its main thread. A rank that cannot go on ends the
/// whole job: the others would wait for it for ever.
/// Source: Message Passing Interface Forum, "MPI: A Message-Passing Interface Standard", version 3.1.
class Ranks {
 public:
  /// Alone.
  Ranks() = default;
  explicit Ranks(std::unique_ptr<Communicator> communicator);

  std::size_t count() const { return count_; }
  std::size_t rank() const { return rank_; }
  bool alone() const { return count_ == 1; }
  /// The rank that reads and writes the results tree and speaks to the user.
  bool is_first() const { return rank_ == 0; }
  /// Of them, those on this machine.
  std::size_t on_this_host() const;

  /// The part of so many items that belongs to this rank: near-equal, in the order of the ranks.
  RankShare share(std::size_t items) const { return share(items, rank_); }
  RankShare share(std::size_t items, std::size_t rank) const {
    return {items * rank / count_, items * (rank + 1) / count_};
  }

  /// What the first rank says.
  std::string broadcast(std::string text) const;
  /// A number or a position: the first rank's.
  template <class Value>
  Value broadcast_value(Value value) const {
    if (!alone()) communicator_->broadcast({reinterpret_cast<char*>(&value), sizeof value}, 0);
    return value;
  }
  /// What each rank says, in their order.
  std::vector<std::string> gather(const std::string& mine) const;

  /// Adds to `sums`, which start at 0, so that they are those of one process that adds everything in order: a rank
  /// goes on with what the one before it has come to. It does so piece by piece, piece p ending before `ends[p]`, so
  /// that the next rank can begin before it is through; `add_mine` adds to a piece. All have the sums in the end.
  void add_in_order(std::span<Scalar> sums, std::span<const std::size_t> ends,
                    const std::function<void(std::size_t piece)>& add_mine) const;
  /// The sums of what each rank has in `sums`, in an order that depends on how many they are.
  void add_in_any_order(std::span<Scalar> sums) const;

  /// Does the same on each rank. Throws a SharedError on all of them where it failed on one.
  void together(const std::function<void()>& body) const;

  /// When all are done: from here on this process is alone.
  void leave();
  /// Ends the job, the other ranks too.
  [[noreturn]] void abort(ExitStatus status) const;

 private:
  std::unique_ptr<Communicator> communicator_;  ///< null when alone
  std::size_t rank_ = 0;
  std::size_t count_ = 1;
};

/// Those that train with this process: nobody, unless join_ranks() found some.
Ranks& ranks();

/// Joins the others that mpirun or srun has started with this process, if any. Throws an Error where it was started
/// so and this program was built without MPI.
void join_ranks();

}  // namespace nnrun
