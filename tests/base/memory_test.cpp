#include "base/memory.h"

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

constexpr std::uint64_t kKilobyte = 1024;
constexpr std::uint64_t kHeld = 10 * kKilobyte;

/// Folders that stand for /proc and /sys/fs/cgroup of a machine with 1000 kB free.
class Machine {
 public:
  Machine() : roots_{folder_ / "proc", folder_ / "cgroup"} {
    write(roots_.proc / "meminfo", "MemTotal:       4000 kB\nMemAvailable:   1000 kB\n");
    write(roots_.proc / "self/status", "VmSize:\t  60 kB\nVmRSS:\t  10 kB\nVmData:\t  20 kB\n");
  }

  static void write(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::create_directories(path.parent_path());
    write_bytes(path, text);
  }
  void proc(const std::string& name, std::string_view text) const {
    write(roots_.proc / name, text);
  }
  void cgroup(const std::string& name, std::string_view text) const {
    write(roots_.cgroups / name, text);
  }
  std::optional<AvailableMemory> available(const ProcessLimits& limits = {}) const {
    return available_memory(roots_, limits);
  }
  /// Without what the process holds already.
  std::uint64_t free(const ProcessLimits& limits = {}) const {
    return available(limits)->bytes - kHeld;
  }
  std::string limited_by(const ProcessLimits& limits = {}) const {
    const std::string by = available(limits)->limited_by;
    const auto at = by.find(folder_.path().string());
    return at == std::string::npos ? by : by.substr(0, at) + by.substr(by.find("cgroup/", at));
  }
  const MemoryRoots& roots() const { return roots_; }

 private:
  TemporaryFolder folder_;
  MemoryRoots roots_;
};

}  // namespace

TEST_CASE("memory: what the machine has free, and what the process holds") {
  const Machine machine;
  CHECK_EQ(machine.available()->bytes, 1000 * kKilobyte + kHeld);
  CHECK_EQ(machine.limited_by(), "this machine");
  const auto use = memory_use(machine.roots());
  REQUIRE(use.has_value());
  CHECK_EQ(use->resident, kHeld);
  CHECK_EQ(use->address_space, 60 * kKilobyte);
  CHECK_EQ(use->data, 20 * kKilobyte);
}

TEST_CASE("memory: a group of version 2 limits, whose inactive file pages are as good as free") {
  const Machine machine;
  machine.proc("self/cgroup", "0::/a/b\n");
  machine.cgroup("a/b/memory.max", "500000\n");
  machine.cgroup("a/b/memory.current", "300000\n");
  CHECK_EQ(machine.free(), 200000);
  CHECK_EQ(machine.limited_by(), "the limit in cgroup/a/b/memory.max");
  machine.cgroup("a/b/memory.stat", "anon 1\nworkingset_inactive_file 7\ninactive_file 50000\n");
  CHECK_EQ(machine.free(), 250000);
  machine.cgroup("a/b/memory.high", "310000\n");
  CHECK_EQ(machine.free(), 60000);
  CHECK_EQ(machine.limited_by(), "the limit in cgroup/a/b/memory.high");
  machine.cgroup("a/b/memory.high", "max\n");
  machine.cgroup("a/b/memory.current", "600000\n");
  CHECK_EQ(machine.free(), 0);
}

TEST_CASE("memory: groups above limit as well, the root of a container too") {
  const Machine machine;
  machine.proc("self/cgroup", "0::/a/b\n");
  machine.cgroup("a/b/memory.max", "max\n");
  machine.cgroup("a/b/memory.current", "100\n");
  machine.cgroup("a/memory.max", "400000\n");
  machine.cgroup("a/memory.current", "100000\n");
  CHECK_EQ(machine.free(), 300000);
  CHECK_EQ(machine.limited_by(), "the limit in cgroup/a/memory.max");
  machine.proc("self/cgroup", "0::/known/by/another/name\n");
  machine.cgroup("memory.max", "100000\n");
  machine.cgroup("memory.current", "1\n");
  CHECK_EQ(machine.free(), 99999);
  machine.proc("self/cgroup", "0::/../../elsewhere\n");
  CHECK_EQ(machine.limited_by(), "this machine");
}

TEST_CASE("memory: a group of version 1 limits") {
  const Machine machine;
  machine.proc("self/cgroup", "5:cpu:/x\n4:memory,hugetlb:/job\n1:name=systemd:/\n0::/\n");
  machine.cgroup("memory/memory.limit_in_bytes", "9223372036854771712\n");
  machine.cgroup("memory/memory.usage_in_bytes", "5\n");
  CHECK_EQ(machine.limited_by(), "this machine");
  machine.cgroup("memory/job/memory.limit_in_bytes", "70000\n");
  machine.cgroup("memory/job/memory.usage_in_bytes", "50000\n");
  machine.cgroup("memory/job/memory.stat", "inactive_file 1\ntotal_inactive_file 30000\n");
  CHECK_EQ(machine.free(), 50000);
  CHECK_EQ(machine.limited_by(), "the limit in cgroup/memory/job/memory.limit_in_bytes");
}

TEST_CASE("memory: the limits of the process") {
  const Machine machine;
  CHECK_EQ(machine.free({.address_space = 100 * kKilobyte, .data = {}}), 40 * kKilobyte);
  CHECK_EQ(machine.limited_by({.address_space = 100 * kKilobyte, .data = {}}), "ulimit -v");
  CHECK_EQ(machine.free({.address_space = {}, .data = 50 * kKilobyte}), 30 * kKilobyte);
  CHECK_EQ(machine.limited_by({.address_space = {}, .data = 50 * kKilobyte}), "ulimit -d");
  CHECK_EQ(machine.free({.address_space = 1, .data = {}}), 0);
}

TEST_CASE("memory: what is not as it should be limits nothing") {
  const Machine machine;
  machine.proc("self/cgroup", "0::/a\nno colons\n::\n0:\n4:memory\n");
  machine.cgroup("a/memory.current", "1\n");
  for (const char* limit :
       {"", "\n", "12x\n", "-5\n", "1e3\n", "99999999999999999999\n", "0x10\n"}) {
    CAPTURE(limit);
    machine.cgroup("a/memory.max", limit);
    CHECK_EQ(machine.limited_by(), "this machine");
  }
  machine.cgroup("a/memory.max", "5\n");
  machine.cgroup("a/memory.current", "what\n");
  CHECK_EQ(machine.limited_by(), "this machine");
  for (const char* text :
       {"", "MemAvailable:\n", "MemAvailable: x kB\n", "MemAvailable: 1 MB\n",
        "MemAvailable: 1 kB 2\n", "MemAvailable: 9223372036854775807 kB\n", "MemFree: 1 kB\n"}) {
    CAPTURE(text);
    machine.proc("meminfo", text);
    CHECK_FALSE(machine.available().has_value());
  }
}

TEST_CASE("memory: nothing is known where nothing is said") {
  const TemporaryFolder folder;
  const MemoryRoots roots{folder / "proc", folder / "cgroup"};
  CHECK_FALSE(memory_use(roots).has_value());
  CHECK_FALSE(available_memory(roots, {.address_space = 1, .data = 1}).has_value());
}

TEST_CASE("memory: of this process, there is some") {
  const auto use = memory_use();
  REQUIRE(use.has_value());
  CHECK_GT(use->resident, 0);
  CHECK_GE(use->address_space, use->resident);
  CHECK(available_memory().has_value());
}

}  // namespace nnrun
