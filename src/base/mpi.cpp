#include "base/mpi.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>

#include "base/communicator.h"
#include "base/text.h"

#ifdef NNRUN_MPI
#define OMPI_SKIP_MPICXX 1
#include <mpi.h>

#include <array>
#include <numeric>
#include <type_traits>
#endif

namespace nnrun {

bool is_started_by_mpi() {
  // Open MPI's mpirun; srun and others through PMIx; MPICH's mpiexec and others through PMI.
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_SIZE"}) {
    if (std::getenv(name) != nullptr) return true;
  }
  return false;
}

std::size_t processes_started() {
  std::int64_t most = 1;
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"}) {
    const char* text = std::getenv(name);
    if (text != nullptr) most = std::max(most, parse_integer(text).value_or(1));
  }
  return static_cast<std::size_t>(most);
}

#ifdef NNRUN_MPI

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30U;  // MPI 3 counts with int

class Mpi final : public Communicator {
 public:
  Mpi() {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    int number = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &number);
    rank_ = static_cast<std::size_t>(number);
    MPI_Comm_size(MPI_COMM_WORLD, &number);
    count_ = static_cast<std::size_t>(number);
    MPI_Comm here = MPI_COMM_NULL;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
    MPI_Comm_size(here, &number);
    on_this_host_ = static_cast<std::size_t>(number);
    MPI_Comm_free(&here);
  }

  std::size_t rank() const override { return rank_; }
  std::size_t count() const override { return count_; }
  std::size_t on_this_host() const override { return on_this_host_; }

  void broadcast(std::span<char> bytes, std::size_t root) override {
    while (!bytes.empty()) {
      const auto part = bytes.first(std::min(bytes.size(), kMostBytes));
      MPI_Bcast(part.data(), number(part.size()), MPI_CHAR, number(root), MPI_COMM_WORLD);
      bytes = bytes.subspan(part.size());
    }
  }

  std::vector<std::string> gather(const std::string& mine) override {
    const int size = number(mine.size());
    std::vector<int> sizes(count_);
    MPI_Allgather(&size, 1, MPI_INT, sizes.data(), 1, MPI_INT, MPI_COMM_WORLD);
    std::vector<int> places(count_);
    std::exclusive_scan(sizes.begin(), sizes.end(), places.begin(), 0);
    std::string all(static_cast<std::size_t>(places.back() + sizes.back()), '\0');
    MPI_Allgatherv(mine.data(), size, MPI_CHAR, all.data(), sizes.data(), places.data(), MPI_CHAR,
                   MPI_COMM_WORLD);
    std::vector<std::string> each;
    for (std::size_t r = 0; r < count_; ++r) {
      each.push_back(
          all.substr(static_cast<std::size_t>(places[r]), static_cast<std::size_t>(sizes[r])));
    }
    return each;
  }

  void send(std::span<const Scalar> piece, std::size_t to) override {
    MPI_Isend(piece.data(), number(piece.size()), kScalar, number(to), 0, MPI_COMM_WORLD,
              &under_way_.emplace_back());
  }

  void receive(std::span<Scalar> piece, std::size_t from) override {
    MPI_Recv(piece.data(), number(piece.size()), kScalar, number(from), 0, MPI_COMM_WORLD,
             MPI_STATUS_IGNORE);
  }

  void wait() override {
    MPI_Waitall(number(under_way_.size()), under_way_.data(), MPI_STATUSES_IGNORE);
    under_way_.clear();
  }

  void sum(std::span<Scalar> values) override {
    constexpr std::size_t kMost = kMostBytes / sizeof(Scalar);
    while (!values.empty()) {
      const auto part = values.first(std::min(values.size(), kMost));
      // An all-reduce need not give all ranks the same bits.
      MPI_Reduce(rank_ == 0 ? MPI_IN_PLACE : part.data(), part.data(), number(part.size()), kScalar,
                 MPI_SUM, 0, MPI_COMM_WORLD);
      MPI_Bcast(part.data(), number(part.size()), kScalar, 0, MPI_COMM_WORLD);
      values = values.subspan(part.size());
    }
  }

  void leave() override { MPI_Finalize(); }

  [[noreturn]] void abort(ExitStatus status) override {
    MPI_Abort(MPI_COMM_WORLD, static_cast<int>(status));
    std::abort();
  }

 private:
  static int number(std::size_t count) { return static_cast<int>(count); }
  static const MPI_Datatype kScalar;

  std::size_t rank_ = 0;
  std::size_t count_ = 1;
  std::size_t on_this_host_ = 1;
  std::vector<MPI_Request> under_way_;
};

const MPI_Datatype Mpi::kScalar = std::is_same_v<Scalar, float> ? MPI_FLOAT : MPI_DOUBLE;

}  // namespace

std::unique_ptr<Communicator> join_mpi() { return std::make_unique<Mpi>(); }

std::string mpi_version() {
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
  int length = 0;
  MPI_Get_library_version(text.data(), &length);
  const std::string all(text.data(), static_cast<std::size_t>(length));
  return all.substr(0, all.find(','));  // what follows are the options that it was built with
}

#else

std::unique_ptr<Communicator> join_mpi() { return nullptr; }

std::string mpi_version() { return {}; }

#endif

}  // namespace nnrun
