#include "base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "base/text.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

constexpr mode_t kFolderMode = 0777;

void write_all(int file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw system_error("write", path, ExitStatus::kRunFailed);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// `length` is what it is said to have.
std::string read_all(int file, std::size_t length, std::size_t most, const fs::path& path) {
  std::string content;
  content.reserve(std::min(length, most));
  std::array<char, 65536> chunk{};
  while (true) {
    const ssize_t got = ::read(file, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw system_error("read", path, ExitStatus::kBadInput);
    if (got == 0) return content;
    content.append(chunk.data(), static_cast<std::size_t>(got));
    if (content.size() > most) {
      throw Error(printable(path.string()) + ": too large: at most " + std::to_string(most) +
                  " bytes are read");
    }
  }
}

void sync(const Descriptor& file, const fs::path& path) {
  if (::fsync(file.get()) != 0) throw system_error("sync", path, ExitStatus::kRunFailed);
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// Where a new file grows until it is whole.
fs::path temporary_for(const fs::path& path) {
  return folder_of(path) / ("." + path.filename().string() + ".part");
}

}  // namespace

Descriptor::Descriptor(const fs::path& path, int flags, ExitStatus on_error)
    : path_(path),
      number_(::open(path.c_str(), flags | O_CLOEXEC, kNewFileMode)),
      on_error_(on_error) {
  if (number_ >= 0) return;
  const bool writes = (flags & O_ACCMODE) != O_RDONLY;
  if (!writes && (errno == ENOENT || errno == ENOTDIR)) {
    throw NoFile(system_error("open", path.string(), on_error).what(), on_error);
  }
  throw system_error(writes ? "write" : "open", path.string(), on_error);
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept
    : path_(std::move(other.path_)),
      number_(std::exchange(other.number_, -1)),
      on_error_(other.on_error_) {}

void Descriptor::close() {
  if (::close(std::exchange(number_, -1)) != 0) throw system_error("close", path_, on_error_);
}

std::string read_file(const fs::path& path, std::size_t most, Links links) {
  // O_NONBLOCK: opening a pipe that nobody writes to must not wait.
  const int flags = O_RDONLY | O_NONBLOCK | (links == Links::kRefuse ? O_NOFOLLOW : 0);
  const Descriptor file(path, flags, ExitStatus::kBadInput);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) {
    throw system_error("read", path, ExitStatus::kBadInput);
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(printable(path.string()) + ": not a regular file");
  }
  return read_all(file.get(), static_cast<std::size_t>(status.st_size), most, path);
}

std::optional<std::string> read_file_if_there(const fs::path& path, std::size_t most, Links links) {
  try {
    return read_file(path, most, links);
  } catch (const Descriptor::NoFile&) {
    return std::nullopt;
  }
}

double file_bytes(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    throw system_error("open", path.string(), ExitStatus::kBadInput);
  }
  return static_cast<double>(status.st_size);
}

NewFile::NewFile(const fs::path& path)
    : path_(path),
      temporary_(temporary_for(path)),
      file_(temporary_, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, ExitStatus::kRunFailed) {}

NewFile::~NewFile() {
  if (!finished_) ::unlink(temporary_.c_str());
}

void NewFile::append(std::string_view bytes) {
  constexpr std::size_t kBuffer = std::size_t{1} << 16U;
  if (buffer_.size() + bytes.size() < kBuffer) {
    buffer_ += bytes;
    return;
  }
  flush();
  write_all(file_.get(), bytes, path_);
}

void NewFile::flush() {
  write_all(file_.get(), buffer_, path_);
  buffer_.clear();
}

void NewFile::finish() {
  flush();
  sync(file_, path_);
  file_.close();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
    throw system_error("write", path_, ExitStatus::kRunFailed);
  }
  finished_ = true;
  sync_folder(folder_of(path_), ExitStatus::kRunFailed);
}

void write_file(const fs::path& path, std::string_view content) {
  NewFile file(path);
  file.append(content);
  file.finish();
}

void write_named_file(const fs::path& path, std::string_view content) {
  struct stat status {};
  const bool is_there = ::stat(path.c_str(), &status) == 0;
  if (is_there && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
    Descriptor file(path, O_WRONLY, ExitStatus::kRunFailed);
    write_all(file.get(), content, path);
    return file.close();
  }
  const fs::path target = is_there ? fs::canonical(path) : path;
  std::error_code error;
  std::optional<Descriptor> lock;
  if (fs::is_directory(folder_of(target), error)) {
    lock.emplace(folder_of(target), O_RDONLY | O_DIRECTORY, ExitStatus::kRunFailed);
    static_cast<void>(::flock(lock->get(), LOCK_EX));  // some file systems have no locks
  }
  write_file(target, content);
}

void create_folder(const fs::path& path, ExitStatus on_error) {
  std::error_code error;
  if (path.empty() || fs::is_directory(path, error)) return;
  const fs::path clean = path.has_filename() ? path : path.parent_path();  // "a/" is "a"
  create_folder(clean.parent_path(), on_error);
  add_folder(clean, on_error);
}

void add_folder(const fs::path& path, ExitStatus on_error) {
  std::error_code error;
  const bool made = ::mkdir(path.c_str(), kFolderMode) == 0;
  const int why = errno;
  if (!made && !(why == EEXIST && fs::is_directory(path, error))) {
    errno = why == EEXIST ? ENOTDIR : why;
    throw system_error("create folder", path.string(), on_error);
  }
  if (made) sync_folder(folder_of(path), on_error);
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
    return entries;
  }
  while (!error && entry != fs::directory_iterator()) {
    entries.push_back(entry->path());
    entry.increment(error);
  }
  if (error) throw Error(printable(folder.string()) + ": cannot list: " + error.message());
  std::sort(entries.begin(), entries.end());
  return entries;
}

void sync_folder(const fs::path& folder, ExitStatus on_error) {
  sync(Descriptor(folder, O_RDONLY | O_DIRECTORY, on_error), folder);
}

GrowingFile::GrowingFile(const fs::path& path)
    : path_(path),
      file_(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, ExitStatus::kRunFailed) {}

GrowingFile::GrowingFile(const fs::path& path, std::size_t size)
    : path_(path),
      file_(path, O_WRONLY | O_APPEND | O_NOFOLLOW, ExitStatus::kRunFailed),
      size_(size) {
  if (::ftruncate(file_.get(), static_cast<off_t>(size)) != 0) {
    throw system_error("shorten", path_, ExitStatus::kRunFailed);
  }
}

void GrowingFile::append(std::string_view lines) {
  try {
    write_all(file_.get(), lines, path_);
    size_ += lines.size();
  } catch (const Error&) {
    // What is wrong has been said; a half line that cannot be taken back either is cut when the run goes on.
    static_cast<void>(::ftruncate(file_.get(), static_cast<off_t>(size_)));
    throw;
  }
}

void GrowingFile::sync() { nnrun::sync(file_, path_); }

void GrowingFile::finish() {
  sync();
  file_.close();
}

}  // namespace nnrun
