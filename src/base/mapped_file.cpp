#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <string_view>

#include "base/checksum.h"
#include "base/error.h"
#include "base/text.h"

namespace nnrun {

namespace {

/// Where a page cannot be read the system sends SIGBUS.
void on_unreadable(int /*signal*/) {
  constexpr std::string_view kText =
      "nnrun: a data file became shorter while it was read, or cannot be read any more\n";
  static_cast<void>(!::write(STDERR_FILENO, kText.data(), kText.size()));
  ::_exit(static_cast<int>(ExitStatus::kRunFailed));
}

std::size_t length_of(const Descriptor& file, const std::filesystem::path& path) {
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) {
    throw system_error("read", printable(path.string()), ExitStatus::kBadInput);
  }
  if (!S_ISREG(facts.st_mode)) throw Error(printable(path.string()) + ": not a regular file");
  return static_cast<std::size_t>(facts.st_size);
}

}  // namespace

MappedFile::MappedFile(const std::filesystem::path& path)
    : file_(path, O_RDONLY | O_CLOEXEC, ExitStatus::kBadInput) {
  const std::size_t length = length_of(file_, path);
  if (length == 0) return;
  void* start = ::mmap(nullptr, length, PROT_READ, MAP_SHARED, file_.get(), 0);
  if (start == MAP_FAILED) {
    throw system_error("map", printable(path.string()), ExitStatus::kRunFailed);
  }
  bytes_ = {static_cast<const std::uint8_t*>(start), length};
  static_cast<void>(std::signal(SIGBUS, on_unreadable));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

void MappedFile::release() const {
  // A shared mapping of a file: nothing is lost, and the pages stay in the system's cache while there is room.
  if (!bytes_.empty())
    ::madvise(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size(), MADV_DONTNEED);
}

std::string sha256(const MappedFile& file) {
  constexpr std::size_t kStep = std::size_t{1} << 26U;
  Sha256 digest;
  for (auto left = file.bytes(); !left.empty();) {
    const auto step = left.first(std::min(left.size(), kStep));
    digest.add({reinterpret_cast<const char*>(step.data()), step.size()});
    file.release();
    left = left.subspan(step.size());
  }
  return digest.hex();
}

}  // namespace nnrun
