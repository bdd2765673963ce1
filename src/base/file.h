// Files that appear whole or not at all, and one that grows by whole lines.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace nnrun {

/// Of files that are made, less the user's umask.
constexpr unsigned kNewFileMode = 0666;

/// An open file descriptor, closed once.
class Descriptor {
 public:
  /// Thrown when there is no file to be read.
  class NoFile : public Error {
   public:
    using Error::Error;
  };

  /// Opens `path` with open(2)'s `flags`; an error says what it was to be opened for.
  Descriptor(const std::filesystem::path& path, int flags, ExitStatus on_error);
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&&) = delete;

  int get() const { return number_; }
  /// Closes now and reports what close(2) says; network file systems tell of a full disk here.
  void close();

 private:
  std::filesystem::path path_;
  int number_;
  ExitStatus on_error_;
};

/// What is done with a path that is a symbolic link: followed where a user names a file; refused in a
/// results tree, which could lead out of it.
enum class Links { kFollow, kRefuse };

/// All of a regular file. Refuses folders, pipes, devices and anything over `most` bytes.
std::string read_file(const std::filesystem::path& path, std::size_t most,
                      Links links = Links::kFollow);

/// The same, or nothing when there is no such file.
std::optional<std::string> read_file_if_there(const std::filesystem::path& path, std::size_t most,
                                              Links links = Links::kFollow);

/// The length of a file.
double file_bytes(const std::filesystem::path& path);

/// A file that appears whole or not at all: a temporary file in the same folder, fsync, rename, fsync
/// of the folder. The folder must be there: one that went away while a run wrote into it is not made
/// anew. Throws an Error with status 1 (a run failed) and leaves no trace. What could not be synced is
/// not tried again: the system may have dropped it, and a second fsync would not tell.
class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& path);
  /// Without finish() nothing was written.
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  NewFile(NewFile&&) = delete;
  NewFile& operator=(NewFile&&) = delete;

  void append(std::string_view bytes);
  void finish();

 private:
  void flush();

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  Descriptor file_;
  std::string buffer_;
  bool finished_ = false;
};

/// Such a file of this content.
void write_file(const std::filesystem::path& path, std::string_view content);

/// A file that a user names, and that several processes may write at once: one of them is what stays. The
/// file behind a symbolic link is replaced; devices and pipes are written into.
void write_named_file(const std::filesystem::path& path, std::string_view content);

/// Creates a folder and its parents, each of them on the disk when it returns; or says why not.
void create_folder(const std::filesystem::path& path, ExitStatus on_error);

/// Creates a folder in one that is there: what went away is not made anew.
void add_folder(const std::filesystem::path& path, ExitStatus on_error);

/// What is in a folder, in the order of the names; nothing where there is no folder.
std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder);

/// What was created, renamed or removed in the folder is on the disk when it returns.
void sync_folder(const std::filesystem::path& folder, ExitStatus on_error);

/// A file that grows by whole lines, so that a user can watch it.
class GrowingFile {
 public:
  /// Starts it anew.
  explicit GrowingFile(const std::filesystem::path& path);
  /// Goes on with one that is there, cut back to `size` bytes, of which it must have as many.
  GrowingFile(const std::filesystem::path& path, std::size_t size);

  /// One write(2) for each call: a reader sees all of `lines` or none. What cannot be written whole, as
  /// on a full disk, is taken back.
  void append(std::string_view lines);
  std::size_t size() const { return size_; }

  /// After this the content is on the disk.
  void sync();
  /// The same, and closes it.
  void finish();

 private:
  std::filesystem::path path_;
  Descriptor file_;
  std::size_t size_ = 0;
};

}  // namespace nnrun
