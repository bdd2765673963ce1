// How much memory this process may use.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace nnrun {

/// What this process holds, in bytes.
struct MemoryUse {
  std::uint64_t resident = 0;       ///< in memory
  std::uint64_t address_space = 0;  ///< what ulimit -v limits
  std::uint64_t data = 0;           ///< what ulimit -d limits
};

/// What the process may not go beyond, in bytes; nothing where there is no limit.
struct ProcessLimits {
  std::optional<std::uint64_t> address_space;
  std::optional<std::uint64_t> data;
};

/// Where the kernel says what there is; tests put folders of their own.
struct MemoryRoots {
  std::filesystem::path proc = "/proc";
  std::filesystem::path cgroups = "/sys/fs/cgroup";
};

/// Nothing where /proc does not say.
std::optional<MemoryUse> memory_use(const MemoryRoots& roots = {});

/// As getrlimit(2) has them.
ProcessLimits process_limits();

struct AvailableMemory {
  std::uint64_t bytes =
      0;  ///< what the process holds already, and what it can still get without swapping
  std::string limited_by;  ///< "this machine", "the limit in …/memory.max", "ulimit -v"
};

/// The least of MemAvailable of /proc/meminfo; memory.max and memory.high of each cgroup (version 2) that
/// the process is in, less what they hold, where file pages that the kernel would drop first count as free;
/// memory.limit_in_bytes of each (version 1), likewise; and the limits of the process itself. What is not
/// said, or not as it should be, limits nothing. Nothing when nothing is known.
std::optional<AvailableMemory> available_memory(const MemoryRoots& roots = {},
                                                const ProcessLimits& limits = process_limits());

}  // namespace nnrun
