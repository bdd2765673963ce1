// What ranks need of a library that carries messages.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/scalar.h"

namespace nnrun {

/// Processes with numbers from 0 on, which call the same functions in the same order.
class Communicator {
 public:
  virtual ~Communicator() = default;
  virtual std::size_t rank() const = 0;
  virtual std::size_t count() const = 0;
  virtual std::size_t on_this_host() const = 0;

  /// Gives all what `root` has; they have room for as much.
  virtual void broadcast(std::span<char> bytes, std::size_t root) = 0;
  /// What each says, in their order.
  virtual std::vector<std::string> gather(const std::string& mine) = 0;

  /// Sends a piece, which must stay as it is until `wait`.
  virtual void send(std::span<const Scalar> piece, std::size_t to) = 0;
  virtual void receive(std::span<Scalar> piece, std::size_t from) = 0;
  /// Until all that was sent has been taken.
  virtual void wait() = 0;
  /// The sum over all, added up as the library likes.
  virtual void sum(std::span<Scalar> values) = 0;

  /// After this there is nobody to talk to.
  virtual void leave() = 0;
  [[noreturn]] virtual void abort(ExitStatus status) = 0;
};

/// Whether a launcher of MPI (mpirun, srun) has started this process with others or alone, by what it leaves in the
/// environment.
bool is_started_by_mpi();

/// How many processes a launcher says that it has started, this one among them; 1 where it says nothing.
std::size_t processes_started();

/// All that it has started; null where this program was built without MPI. At most once in a process.
std::unique_ptr<Communicator> join_mpi();

}  // namespace nnrun
