#include "base/parallel.h"

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/thread_order.h"

namespace nnrun {

std::size_t thread_count(std::size_t threads) {
  if (threads > 0) return threads;
  return static_cast<std::size_t>(std::max(1, tbb::info::default_concurrency()));
}

namespace {

/// The time of one item on its worker. Items of different workers stand in no order.
class Turn {
 public:
  Turn(char& begin, char& worker, char& end) : worker_(worker), end_(end) {
    follow(&begin);
    follow(&worker);
  }
  ~Turn() {
    precede(&worker_);
    precede(&end_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  Turn(Turn&&) = delete;
  Turn& operator=(Turn&&) = delete;

 private:
  char& worker_;
  char& end_;
};

}  // namespace

struct Pool::Arena {
  explicit Arena(std::size_t count)
      : threads(count),
        limit(tbb::global_control::max_allowed_parallelism, count),
        arena(static_cast<int>(count)),
        workers(count) {}

  std::size_t threads;
  tbb::global_control limit;
  tbb::task_arena arena;
  std::vector<char> workers;  ///< places that stand for their order
};

namespace {

/// A thread that oneTBB cannot start from one of its own ends the program: what cannot be had is thrown here.
void try_threads(std::size_t count) {
  std::vector<std::jthread> started;
  for (std::size_t i = 0; i < count; ++i) {
    started.emplace_back([](const std::stop_token& stop) {
      while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::microseconds(50));
    });
  }
}

}  // namespace

Pool::Pool(std::size_t threads) : arena_(std::make_unique<Arena>(thread_count(threads))) {
  try {  // now, so that no run finds out later
    try_threads(this->threads() - 1);
    for_each(this->threads(), [](std::size_t /*item*/, std::size_t /*worker*/) {});
  } catch (const std::runtime_error& error) {
    throw Error(fmt::format("cannot start {} threads ({}); take fewer: --threads 1",
                            this->threads(), error.what()),
                ExitStatus::kRunFailed);
  }
}

Pool::~Pool() = default;

std::size_t Pool::threads() const { return arena_->threads; }

void Pool::for_each(std::size_t items,
                    const std::function<void(std::size_t, std::size_t)>& body) const {
  if (threads() == 1 || items == 1) {
    for (std::size_t item = 0; item < items; ++item) body(item, 0);
    return;
  }
  char begin = 0;
  char end = 0;
  precede(&begin);
  arena_->arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, items, std::size_t{1},
        [&](std::size_t item) {
          const auto worker =
              static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
          const Turn turn(begin, arena_->workers[worker], end);
          body(item, worker);
        },
        tbb::simple_partitioner{});
  });
  follow(&end);
}

}  // namespace nnrun
