// Threads: a loop over items that nothing but the item's number can influence.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace nnrun {

/// Threads that a pool of `threads` has: 0 means one for each core this process may use.
std::size_t thread_count(std::size_t threads);

/// A fixed number of threads over oneTBB.
class Pool {
 public:
  /// Throws an Error when so many cannot be started.
  explicit Pool(std::size_t threads);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  Pool(Pool&&) = delete;
  Pool& operator=(Pool&&) = delete;

  std::size_t threads() const;

  /// Calls `body(item, worker)` once for each item in [0, items) in no particular order and waits.
  /// `worker` < threads() is the caller's alone while it runs: it picks scratch memory and must not
  /// influence a result. The first exception of a body is thrown here.
  void for_each(std::size_t items,
                const std::function<void(std::size_t item, std::size_t worker)>& body) const;

 private:
  struct Arena;
  std::unique_ptr<Arena> arena_;
};

}  // namespace nnrun
