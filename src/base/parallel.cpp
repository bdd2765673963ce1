#include "base/parallel.h"

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <stdexcept>

#include "base/error.h"

namespace nnrun {

std::size_t thread_count(std::size_t threads) {
  if (threads > 0) return threads;
  return static_cast<std::size_t>(std::max(1, tbb::info::default_concurrency()));
}

struct Pool::Arena {
  explicit Arena(std::size_t count)
      : threads(count),
        limit(tbb::global_control::max_allowed_parallelism, count),
        arena(static_cast<int>(count)) {}

  std::size_t threads;
  tbb::global_control limit;
  tbb::task_arena arena;
};

Pool::Pool(std::size_t threads) : arena_(std::make_unique<Arena>(thread_count(threads))) {
  try {  // now, so that no run finds out later
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
  arena_->arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, items, std::size_t{1},
        [&](std::size_t item) {
          body(item, static_cast<std::size_t>(tbb::this_task_arena::current_thread_index()));
        },
        tbb::simple_partitioner{});
  });
}

}  // namespace nnrun
