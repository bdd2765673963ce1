#include "base/memory.h"

#include <sys/resource.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

using Bytes = std::optional<std::uint64_t>;

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

/// The text of a small file of the kernel's; empty when there is none.
std::string text_of(const fs::path& path) {
  constexpr std::size_t kLargest = std::size_t{1} << 20U;
  try {
    return read_file(path, kLargest);
  } catch (const Error&) {
    return {};  // not there, or not for us: then it limits nothing
  }
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(by), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Bytes number(std::string_view text, std::uint64_t unit = 1) {
  const auto value = parse_integer(text);
  if (!value || *value < 0 || static_cast<std::uint64_t>(*value) > kMost / unit) return {};
  return static_cast<std::uint64_t>(*value) * unit;
}

/// All of a file is one number: not so where there is no limit ("max").
Bytes number_in(const fs::path& path) {
  const std::string text = text_of(path);
  return number(std::string_view(text).substr(0, text.find('\n')));
}

/// Of a line "KEY NUMBER", or "KEY NUMBER kB".
Bytes entry(std::string_view text, std::string_view key) {
  constexpr std::uint64_t kKilobyte = 1024;  // the kernel's
  for (std::string_view line : split(text, '\n')) {
    if (!line.starts_with(key)) continue;
    line.remove_prefix(key.size());
    std::string words(line);
    std::replace(words.begin(), words.end(), '\t', ' ');
    const auto parts = split(words, ' ');
    if (parts.size() == 1) return number(parts[0]);
    if (parts.size() == 2 && parts[1] == "kB") return number(parts[0], kKilobyte);
    return {};
  }
  return {};
}

std::uint64_t sum(std::uint64_t a, std::uint64_t b) { return a > kMost - b ? kMost : a + b; }

std::uint64_t rest(std::uint64_t of, std::uint64_t used) { return of > used ? of - used : 0; }

/// Collects limits and keeps the least.
class Least {
 public:
  explicit Least(std::uint64_t held) : held_(held) {}

  /// So many bytes can still be had.
  void add(std::uint64_t free, const std::string& limited_by) {
    const std::uint64_t bytes = sum(free, held_);
    if (!least_ || bytes < least_->bytes) least_ = AvailableMemory{bytes, limited_by};
  }

  const std::optional<AvailableMemory>& get() const { return least_; }

 private:
  std::uint64_t held_;
  std::optional<AvailableMemory> least_;
};

/// Names of a version's files.
struct CgroupFiles {
  std::vector<const char*> limits;
  const char* current;
  const char* droppable;  ///< entry of memory.stat
};

/// A group and those that it is in, up to the root. A container may see its group as the root and know it by
/// another name: folders that are not there are passed over.
void add_groups(const fs::path& root, std::string_view name, const CgroupFiles& files,
                Least& least) {
  fs::path folder = root;
  std::vector<fs::path> folders = {root};
  for (const std::string_view part : split(name, '/')) folders.push_back(folder /= part);
  for (const fs::path& group : folders) {
    const Bytes current = number_in(group / files.current);
    if (!current) continue;
    const std::uint64_t droppable =
        entry(text_of(group / "memory.stat"), std::string(files.droppable) + " ").value_or(0);
    for (const char* file : files.limits) {
      const Bytes limit = number_in(group / file);
      if (!limit) continue;
      const std::uint64_t used = rest(*current, droppable);
      least.add(rest(*limit, used), "the limit in " + printable((group / file).string()));
    }
  }
}

void add_cgroups(const MemoryRoots& roots, Least& least) {
  const CgroupFiles second = {{"memory.max", "memory.high"}, "memory.current", "inactive_file"};
  const CgroupFiles first = {
      {"memory.limit_in_bytes"}, "memory.usage_in_bytes", "total_inactive_file"};
  const std::string groups = text_of(roots.proc / "self" / "cgroup");
  for (const std::string_view line : split(groups, '\n')) {
    const auto colon = line.find(':');
    const auto next = line.find(':', std::min(colon + 1, line.size()));
    if (colon == std::string_view::npos || next == std::string_view::npos) continue;
    const std::string_view controllers = line.substr(colon + 1, next - colon - 1);
    const std::string_view name = line.substr(next + 1);
    if (name.find("..") != std::string_view::npos) continue;  // above what can be seen here
    const auto named = split(controllers, ',');
    if (controllers.empty()) {
      add_groups(roots.cgroups, name, second, least);
      add_groups(roots.cgroups / "unified", name, second, least);
    } else if (std::find(named.begin(), named.end(), "memory") != named.end()) {
      add_groups(roots.cgroups / "memory", name, first, least);
    }
  }
}

}  // namespace

std::optional<MemoryUse> memory_use(const MemoryRoots& roots) {
  const std::string status = text_of(roots.proc / "self" / "status");
  const Bytes resident = entry(status, "VmRSS:");
  const Bytes address_space = entry(status, "VmSize:");
  const Bytes data = entry(status, "VmData:");
  if (!resident || !address_space || !data) return std::nullopt;
  return MemoryUse{*resident, *address_space, *data};
}

ProcessLimits process_limits() {
  const auto get = [](auto resource) -> Bytes {
    rlimit limit{};
    if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return {};
    return limit.rlim_cur;
  };
  return {get(RLIMIT_AS), get(RLIMIT_DATA)};
}

std::optional<AvailableMemory> available_memory(const MemoryRoots& roots,
                                                const ProcessLimits& limits) {
  const auto use = memory_use(roots);
  Least least(use ? use->resident : 0);
  if (const Bytes free = entry(text_of(roots.proc / "meminfo"), "MemAvailable:")) {
    least.add(*free, "this machine");
  }
  add_cgroups(roots, least);
  if (use && limits.address_space) {
    least.add(rest(*limits.address_space, use->address_space), "ulimit -v");
  }
  if (use && limits.data) least.add(rest(*limits.data, use->data), "ulimit -d");
  return least.get();
}

}  // namespace nnrun
