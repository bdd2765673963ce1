// The state of a run that is not finished, as its folder keeps it.
//
// RUN/checkpoint/state is, one after the other:
//   a line that says "nnrun checkpoint 1"
//   the length of the head, 8 bytes, least significant first
//   the head: JSON, with the name, the element size and the number of elements of each array
//   the arrays, in that order, in the machine's own form (least significant byte first on all that nnrun
//   runs on)
//   the SHA-256 of all before, as 64 hexadecimal digits
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "train/run_memory.h"

namespace nnrun {

/// Where a run's checkpoint is.
std::filesystem::path checkpoint_folder(const std::filesystem::path& run_folder);
std::filesystem::path checkpoint_file(const std::filesystem::path& run_folder);

struct Checkpoint {
  /// What run.json will say of the run too: configuration, data, program, warnings, started.
  nlohmann::ordered_json facts;
  Position position;
  std::size_t metrics_size = 0;  ///< bytes of metrics.csv that it counts on
  std::string metrics_sha256;    ///< of those
  std::vector<double> seconds;   ///< of each row: timing.csv to be
};

/// Writes it whole or not at all: see NewFile.
void write_checkpoint(const std::filesystem::path& run_folder, const Checkpoint& checkpoint,
                      const RunMemory& memory);

/// A checkpoint with what its run remembers.
class StoredCheckpoint {
 public:
  /// Throws Damage that says what is wrong when `bytes` are not a whole checkpoint; `place` names them.
  static StoredCheckpoint parse(std::string bytes, const std::string& place);

  const Checkpoint& head() const { return head_; }
  /// Puts what the run remembers into the memory of a run of its model. Throws Damage when it is
  /// another model's.
  void restore(RunMemory& memory) const;

 private:
  /// Where an array lies in the bytes.
  struct Place {
    std::size_t element_size;
    std::size_t begin;
    std::size_t size;  ///< bytes
  };

  void read_head();
  void read_arrays();
  void restore(const char* which, BestEpoch& best) const;
  std::string_view array(const std::string& name, std::size_t element_size) const;
  template <class Values>
  void fill(const std::string& name, Values& values) const;
  [[noreturn]] void fail(const std::string& what) const;

  std::string bytes_;
  std::string place_;
  Checkpoint head_;
  nlohmann::ordered_json json_;
  std::size_t arrays_begin_ = 0;
  std::map<std::string, Place> arrays_;
};

/// The checkpoint of a run's folder, or nothing when there is none. Throws as parse() does.
std::optional<StoredCheckpoint> read_checkpoint(const std::filesystem::path& run_folder);

}  // namespace nnrun
