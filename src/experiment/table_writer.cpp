#include "experiment/table_writer.h"

#include <utility>

#include "base/file_lock.h"
#include "experiment/tables.h"

namespace nnrun {

namespace fs = std::filesystem;

TableWriter::TableWriter(const std::vector<Sweep>& sweeps, fs::path results)
    : sweeps_(sweeps), results_(std::move(results)) {}

void TableWriter::write(std::size_t sweep, std::vector<RunState>& states) {
  const auto began = Clock::now();
  const FileLock lock = FileLock::hold(results_ / ".lock");
  const fs::path folder = results_ / sweeps_[sweep].name;
  for (std::size_t r = 0; r < states.size(); ++r) {
    if (states[r].kind != RunState::Kind::kFinished)
      states[r] = run_state(folder, sweeps_[sweep].runs[r]);
  }
  write_tables(folder, sweeps_[sweep], states);
  written_ = Clock::now();
  took_ = written_ - began;
}

}  // namespace nnrun
