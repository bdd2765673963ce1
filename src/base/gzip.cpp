#include "base/gzip.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

namespace nnrun {

namespace {

constexpr std::uint64_t kDeflateLimit = 1032;  // one bit can stand for at most 258 bytes of output
constexpr int kGzipWindow = 15 + 16;           // zlib's way to ask for the gzip wrapper

}  // namespace

struct ContentReader::Source {
  explicit Source(const std::filesystem::path& file)
      : path(file), descriptor(file, O_RDONLY | O_NONBLOCK, ExitStatus::kBadInput) {
    struct stat status {};
    if (::fstat(descriptor.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
      throw Error(printable(path.string()) + ": not a regular file");
    }
    length = static_cast<std::uint64_t>(status.st_size);
    refill();
    compressed = stream.avail_in >= 2 && input[0] == 0x1f && input[1] == 0x8b;
    if (compressed && inflateInit2(&stream, kGzipWindow) != Z_OK) throw std::bad_alloc();
  }
  ~Source() {
    if (compressed) inflateEnd(&stream);
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  Source(Source&&) = delete;
  Source& operator=(Source&&) = delete;

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(printable(path.string()) + ": " + what);
  }

  /// Whether there is input left, after reading more where the last was used up.
  bool refill() {
    while (stream.avail_in == 0) {
      const ssize_t got = ::read(descriptor.get(), input.data(), input.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw system_error("read", path, ExitStatus::kBadInput);
      if (got == 0) return false;
      stream.next_in = input.data();
      stream.avail_in = static_cast<uInt>(got);
    }
    return true;
  }

  void inflate_once() {
    if (!refill()) fail("the gzip stream ends too early; is the file complete?");
    const int result = inflate(&stream, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      ended = true;
      if (refill()) fail("there are bytes after the end of the gzip stream");
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      fail(std::string("the gzip stream is damaged") +
           (stream.msg != nullptr ? std::string(": ") + stream.msg : ""));
    }
  }

  void copy_once() {
    ended = !refill();
    if (ended) return;
    const uInt count = std::min(stream.avail_in, stream.avail_out);
    std::copy_n(stream.next_in, count, stream.next_out);
    stream.next_in += count;
    stream.avail_in -= count;
    stream.next_out += count;
    stream.avail_out -= count;
  }

  std::filesystem::path path;
  Descriptor descriptor;
  std::uint64_t length = 0;
  bool compressed = false;
  bool ended = false;
  z_stream stream{};
  std::array<std::uint8_t, 65536> input{};
};

ContentReader::ContentReader(const std::filesystem::path& path)
    : source_(std::make_unique<Source>(path)) {}

ContentReader::~ContentReader() = default;

std::size_t ContentReader::read(std::span<std::uint8_t> out) {
  constexpr std::size_t kLargestStep = 1U << 30U;
  std::size_t filled = 0;
  while (filled < out.size() && !source_->ended) {
    const std::size_t step = std::min(out.size() - filled, kLargestStep);
    source_->stream.next_out = out.data() + filled;
    source_->stream.avail_out = static_cast<uInt>(step);
    if (source_->compressed) {
      source_->inflate_once();
    } else {
      source_->copy_once();
    }
    filled += step - source_->stream.avail_out;
  }
  return filled;
}

std::uint64_t ContentReader::longest_possible() const {
  return source_->compressed ? source_->length * kDeflateLimit : source_->length;
}

std::optional<std::uint64_t> ContentReader::known_length() const {
  return source_->compressed ? std::nullopt : std::optional(source_->length);
}

}  // namespace nnrun
