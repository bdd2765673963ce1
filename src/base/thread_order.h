// What ThreadSanitizer is told of the order that oneTBB keeps between threads: its library is not built with it, so
// that it does not see that order. Nothing in other builds.
#pragma once

#ifdef NNRUN_THREAD_SANITIZER
extern "C" void __tsan_acquire(void* place);
extern "C" void __tsan_release(void* place);
#endif

namespace nnrun {

/// What was done so far is done for whoever says `follow` of the same place afterwards.
inline void precede([[maybe_unused]] void* place) {
#ifdef NNRUN_THREAD_SANITIZER
  __tsan_release(place);
#endif
}

inline void follow([[maybe_unused]] void* place) {
#ifdef NNRUN_THREAD_SANITIZER
  __tsan_acquire(place);
#endif
}

}  // namespace nnrun
