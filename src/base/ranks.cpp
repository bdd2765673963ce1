#include "base/ranks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace nnrun {

namespace {

constexpr char kStatusMark = '\n';  // after an exit status as text

/// "2\nconfigs/a.yaml:1:1: …": what a rank says of its failure; empty when all went well.
std::string failure_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return fmt::format("{}{}{}", static_cast<int>(error.status()), kStatusMark, error.what());
  } catch (const std::exception& error) {  // out of memory, on one machine
    return fmt::format("{}{}{}", static_cast<int>(ExitStatus::kRunFailed), kStatusMark,
                       error.what());
  }
  return {};
}

/// A launcher that speaks to another MPI leaves each process alone, and all would train everything.
void check_count(std::size_t count) {
  if (count > 1 || processes_started() == 1) return;
  throw Error(fmt::format(
      "started as one of {} processes, but MPI sees none of the others: with srun, take "
      "--mpi=pmix; with mpirun, that of the MPI which 'nnrun doctor' names",
      processes_started()));
}

}  // namespace

Ranks::Ranks(std::unique_ptr<Communicator> communicator)
    : communicator_(std::move(communicator)),
      rank_(communicator_->rank()),
      count_(communicator_->count()) {}

std::size_t Ranks::on_this_host() const { return alone() ? 1 : communicator_->on_this_host(); }

std::string Ranks::broadcast(std::string text) const {
  if (alone()) return text;
  text.resize(broadcast_value(text.size()));
  communicator_->broadcast(text, 0);
  return text;
}

std::vector<std::string> Ranks::gather(const std::string& mine) const {
  return alone() ? std::vector{mine} : communicator_->gather(mine);
}

void Ranks::add_in_order(std::span<Scalar> sums, std::span<const std::size_t> ends,
                         const std::function<void(std::size_t piece)>& add_mine) const {
  std::size_t begin = 0;
  for (std::size_t p = 0; p < ends.size(); ++p) {
    const auto piece = sums.subspan(begin, ends[p] - begin);
    begin = ends[p];
    if (rank_ == 0) {
      std::fill(piece.begin(), piece.end(), Scalar{0});
    } else {
      communicator_->receive(piece, rank_ - 1);
    }
    add_mine(p);
    if (rank_ + 1 < count_) communicator_->send(piece, rank_ + 1);
  }
  if (alone()) return;
  communicator_->wait();
  communicator_->broadcast({reinterpret_cast<char*>(sums.data()), sums.size_bytes()}, count_ - 1);
}

void Ranks::add_in_any_order(std::span<Scalar> sums) const {
  if (!alone()) communicator_->sum(sums);
}

void Ranks::together(const std::function<void()>& body) const {
  if (alone()) return body();
  const auto failures = gather(failure_of(body));
  for (std::size_t r = 0; r < failures.size(); ++r) {
    const std::string& failure = failures[r];
    if (failure.empty()) continue;
    const std::size_t mark = failure.find(kStatusMark);
    const auto status = static_cast<ExitStatus>(std::stoi(failure.substr(0, mark)));
    const std::string text = failure.substr(mark + 1);
    throw SharedError(r == 0 ? text : fmt::format("rank {}: {}", r, text), status);
  }
}

void Ranks::leave() {
  if (communicator_) communicator_->leave();
  *this = Ranks();
}

void Ranks::abort(ExitStatus status) const {
  if (communicator_) communicator_->abort(status);
  std::exit(static_cast<int>(status));
}

Ranks& ranks() {
  static Ranks all;
  return all;
}

void join_ranks() {
  if (!is_started_by_mpi()) return;
  auto communicator = join_mpi();
  if (!communicator) {
    throw Error(
        "started by mpirun or srun, but this nnrun was built without MPI: each process would train everything. Build "
        "it where CMake finds MPI (Debian: libopenmpi-dev), or start it without them");
  }
  check_count(communicator->count());
  ranks() = Ranks(std::move(communicator));
}

}  // namespace nnrun
