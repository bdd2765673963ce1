// Files that appear whole or not at all, one that grows by whole lines, and a lock on a folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace nnrun {

/// An open file descriptor, closed once.
class Descriptor {
 public:
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

/// The length of a file; 0 when it cannot be had.
double file_bytes(const std::filesystem::path& path);

/// All of a regular file. Refuses folders, pipes, devices and anything over `most` bytes.
std::string read_file(const std::filesystem::path& path, std::size_t most);

/// A file that appears whole or not at all: a temporary file in the same folder, fsync, rename, fsync
/// of the folder. Creates the folder. Throws an Error with status 1 (a run failed) and leaves no
/// trace.
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

/// Creates a folder and its parents, or says why not.
void create_folder(const std::filesystem::path& path, ExitStatus on_error);

/// A file that grows by whole lines, so that a user can watch it.
class GrowingFile {
 public:
  /// Starts it anew.
  explicit GrowingFile(const std::filesystem::path& path);

  /// One write(2) for each call: a reader sees all of `lines` or none.
  void append(std::string_view lines);

  /// fsync and close; after this the content is on the disk.
  void finish();

 private:
  std::filesystem::path path_;
  Descriptor file_;
};

/// Holds a folder for this process alone until destroyed, by flock(2) on `FOLDER/.lock`.
/// Throws when another process holds it, and says which.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);

 private:
  Descriptor file_;
};

}  // namespace nnrun
