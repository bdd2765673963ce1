#include "base/gzip.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <zlib.h>

#include <string>

#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;
using test::gzip_bytes;
using test::TemporaryFolder;
using test::write_bytes;

constexpr const char* kText = "nnrun reads bytes: 0123456789 0123456789 0123456789 and an end";

/// All of a file's content, asked for in pieces of `step` bytes.
std::string content_of(const std::filesystem::path& path, std::size_t step = 4096) {
  ContentReader reader(path);
  std::string content;
  std::vector<std::uint8_t> piece(step);
  while (true) {
    const std::size_t got = reader.read(piece);
    content.append(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(got));
    if (got < step) return content;
  }
}

TEST_CASE("gzip: plain and compressed files give the same content") {
  const TemporaryFolder folder;
  const auto plain = write_bytes(folder / "plain", kText);
  const auto compressed = write_bytes(folder / "compressed", gzip_bytes(kText));
  for (const std::size_t step : {1U, 2U, 7U, 62U, 63U, 4096U}) {
    CHECK_EQ(content_of(plain, step), kText);
    CHECK_EQ(content_of(compressed, step), kText);
  }
}

TEST_CASE("gzip: content longer than the read buffer comes whole") {
  const TemporaryFolder folder;
  std::string content;
  for (int i = 0; i < 100000; ++i) content += std::to_string(i * 7919 % 100003);
  CHECK(content_of(write_bytes(folder / "plain", content)) == content);
  CHECK(content_of(write_bytes(folder / "gz", gzip_bytes(content))) == content);
}

TEST_CASE("gzip: empty files and empty content are empty") {
  const TemporaryFolder folder;
  CHECK_EQ(content_of(write_bytes(folder / "plain", "")), "");
  CHECK_EQ(content_of(write_bytes(folder / "gz", gzip_bytes(""))), "");
  CHECK_EQ(content_of(write_bytes(folder / "one", "\x1f")), "\x1f");
}

TEST_CASE("gzip: every truncation is refused") {
  const TemporaryFolder folder;
  const std::string whole = gzip_bytes(kText);
  for (std::size_t length = 2; length < whole.size(); ++length) {
    CAPTURE(length);
    const auto path = write_bytes(folder / "x.gz", whole.substr(0, length));
    CHECK(contains(error_of([&] { content_of(path); }), "ends too early; is the file complete?"));
  }
}

TEST_CASE("gzip: a truncation shows although the content asked for was complete") {
  // zlib hands out the last byte before it has seen the checksum that may be missing.
  const TemporaryFolder folder;
  const std::string whole = gzip_bytes(kText);
  const auto path = write_bytes(folder / "x.gz", whole.substr(0, whole.size() - 1));
  ContentReader reader(path);
  std::vector<std::uint8_t> bytes(std::string(kText).size());
  const auto read_twice = [&] {
    reader.read(bytes);
    reader.read(bytes);
  };
  CHECK(contains(error_of(read_twice), "ends too early"));
}

TEST_CASE("gzip: no flipped bit changes the content unnoticed") {
  const TemporaryFolder folder;
  const std::string whole = gzip_bytes(kText);
  std::size_t refused = 0;
  for (std::size_t bit = 16; bit < 8 * whole.size(); ++bit) {  // past the two bytes that say gzip
    CAPTURE(bit);
    std::string damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    const auto path = write_bytes(folder / "x.gz", damaged);
    std::string content;
    const std::string error = error_of([&] { content = content_of(path); });
    if (error.empty()) CHECK_EQ(content, kText);
    if (!error.empty()) ++refused;
  }
  // Time stamp, operating system and two hints in the header, 54 bits, say nothing of the content.
  CHECK(refused + 60 > 8 * whole.size() - 16);
}

TEST_CASE("gzip: every flipped byte is refused or harmless") {
  const TemporaryFolder folder;
  const std::string whole = gzip_bytes(kText);
  for (std::size_t at = 2; at < whole.size(); ++at) {
    CAPTURE(at);
    std::string damaged = whole;
    damaged[at] = static_cast<char>(~damaged[at]);
    const auto path = write_bytes(folder / "x.gz", damaged);
    std::string content;
    const std::string error = error_of([&] { content = content_of(path); });
    if (error.empty()) CHECK_EQ(content, kText);
  }
}

TEST_CASE("gzip: bytes after the stream are refused") {
  const TemporaryFolder folder;
  for (const std::string& extra : {std::string("x"), std::string(1, '\0'), gzip_bytes("more")}) {
    const auto path = write_bytes(folder / "x.gz", gzip_bytes(kText) + extra);
    CHECK(contains(error_of([&] { content_of(path); }), "bytes after the end of the gzip stream"));
  }
}

TEST_CASE("gzip: a stream that only begins as gzip is refused") {
  const TemporaryFolder folder;
  const auto path = write_bytes(folder / "x.gz", "\x1f\x8bnot gzip at all, but long enough");
  CHECK(contains(error_of([&] { content_of(path); }), "the gzip stream is damaged"));
}

TEST_CASE("gzip: folders and pipes are refused") {
  const TemporaryFolder folder;
  CHECK(contains(error_of([&] { content_of(folder.path()); }), "not a regular file"));
  REQUIRE_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  CHECK(contains(error_of([&] { content_of(folder / "pipe"); }), "not a regular file"));
  CHECK(contains(error_of([&] { content_of(folder / "none"); }), "No such file or directory"));
}

TEST_CASE("gzip: the longest possible content is known beforehand") {
  const TemporaryFolder folder;
  CHECK_EQ(ContentReader(write_bytes(folder / "plain", kText)).longest_possible(), 62);
  const std::string zeros = gzip_bytes(std::string(1000000, '\0'));
  const ContentReader reader(write_bytes(folder / "gz", zeros));
  CHECK_EQ(reader.longest_possible(), 1032 * zeros.size());
  CHECK(reader.longest_possible() >= 1000000);
}

/// Writes `megabytes` of zeros, compressed, without ever holding them.
void write_bomb(const std::filesystem::path& path, int megabytes) {
  const std::string zeros(1U << 20U, '\0');
  const gzFile file = gzopen(path.c_str(), "wb9");
  REQUIRE(file != nullptr);
  for (int i = 0; i < megabytes; ++i) {
    REQUIRE_EQ(gzwrite(file, zeros.data(), static_cast<unsigned>(zeros.size())), 1 << 20);
  }
  REQUIRE_EQ(gzclose(file), Z_OK);
}

TEST_CASE("gzip: a bomb is expanded no further than asked") {
  const TemporaryFolder folder;
  write_bomb(folder / "bomb.gz", 64);
  rusage before{};
  rusage after{};
  ::getrusage(RUSAGE_SELF, &before);
  ContentReader reader(folder / "bomb.gz");
  std::vector<std::uint8_t> bytes(16, 1);
  CHECK_EQ(reader.read(bytes), 16);
  ::getrusage(RUSAGE_SELF, &after);
  CHECK(bytes == std::vector<std::uint8_t>(16));
  constexpr long kMostKilobytes = 16 * 1024;
  CHECK(after.ru_maxrss - before.ru_maxrss < kMostKilobytes);
}

}  // namespace
}  // namespace nnrun
