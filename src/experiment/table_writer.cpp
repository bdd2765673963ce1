#include "experiment/table_writer.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/file_lock.h"
#include "base/text.h"
#include "experiment/run_files.h"
#include "experiment/tables.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

void refuse_others(const fs::path& folder, const Sweep& sweep,
                   const std::vector<RunState>& states) {
  const bool other = std::any_of(states.begin(), states.end(), [](const RunState& state) {
    return state.kind == RunState::Kind::kOther;
  });
  if (!other && changed_outside_grid(folder, sweep).empty()) return;
  throw Error(printable(folder.string()) +
                  ": its tables are left as they are: another nnrun has put runs of another "
                  "configuration there meanwhile",
              ExitStatus::kRunFailed);
}

}  // namespace

TableWriter::TableWriter(const std::vector<Sweep>& sweeps, fs::path results)
    : sweeps_(sweeps), results_(std::move(results)) {}

void TableWriter::write(std::size_t sweep, std::vector<RunState>& states) {
  const auto began = Clock::now();
  const FileLock lock = FileLock::hold(results_ / ".lock");
  const fs::path folder = results_ / sweeps_[sweep].name;
  for (std::size_t r = 0; r < states.size(); ++r) {
    const Run& run = sweeps_[sweep].runs[r];
    if (!is_still_finished(folder / run.folder, states[r])) states[r] = run_state(folder, run);
  }
  refuse_others(folder, sweeps_[sweep], states);
  write_tables(folder, sweeps_[sweep], states);
  written_ = Clock::now();
  took_ = written_ - began;
}

void write_all_tables(const std::vector<Sweep>& sweeps, const fs::path& results) {
  TableWriter tables(sweeps, results);
  for (std::size_t s = 0; s < sweeps.size(); ++s) {
    const fs::path folder = results / sweeps[s].name;
    check_writable(folder);
    create_folder(folder, ExitStatus::kBadInput);
    auto states = run_states(folder, sweeps[s]);
    tables.write(s, states);
  }
}

}  // namespace nnrun
