#include "base/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string_view>

namespace nnrun {

namespace {

std::atomic<int> asked_by{0};
std::atomic<bool> says_so{false};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler sets it");

constexpr int kSignalStatus = 128;  // what shells add a signal's number to

void on_signal(int signal) {
  int none = 0;
  if (!asked_by.compare_exchange_strong(none, signal)) ::_exit(kSignalStatus + signal);
  constexpr std::string_view kText =
      "nnrun: stopping after this step; the same signal again stops at once\n";
  if (says_so) static_cast<void>(!::write(STDERR_FILENO, kText.data(), kText.size()));
}

}  // namespace

void stop_on_signals(bool quiet) {
  says_so = !quiet;
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction before {};
    if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;  // no read or write of ours or of a library ends early
    static_cast<void>(::sigaction(signal, &action, nullptr));
  }
}

int stop_signal() { return asked_by; }

ExitStatus stop_status() {
  return stop_signal() == SIGTERM ? ExitStatus::kTerminated : ExitStatus::kInterrupted;
}

void throw_if_interrupted() {
  if (stop_signal() != 0) throw Interrupted();
}

}  // namespace nnrun
