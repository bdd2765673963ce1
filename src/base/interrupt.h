// SIGINT and SIGTERM as a request to save and stop.
#pragma once

#include "base/error.h"

namespace nnrun {

/// From now on the first of these signals only asks to stop, and says so on standard error unless
/// `quiet`; the second ends the program at once. A signal that was ignored when the program started
/// stays ignored.
void stop_on_signals(bool quiet);

/// The signal that asked to stop, 0 as long as none did.
int stop_signal();

/// As a program that a signal has ended: 130 for SIGINT, 143 for SIGTERM.
ExitStatus stop_status();

/// Thrown where a signal ends a wait.
class Interrupted : public Error {
 public:
  Interrupted()
      : Error("interrupted; nothing was under way, the same command goes on", stop_status()) {}
};
void throw_if_interrupted();

}  // namespace nnrun
