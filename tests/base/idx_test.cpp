#include "base/idx.h"

#include <sys/resource.h>

#include <string>

#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;
using test::gzip_bytes;
using test::idx_bytes;
using test::TemporaryFolder;
using test::write_bytes;

const Shape kShape = {2, 2, 3};
const std::vector<std::uint8_t> kElements = {0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255};

std::string error_for(const TemporaryFolder& folder, const std::string& bytes,
                      std::size_t axes = 3) {
  const auto path = write_bytes(folder / "x.idx", bytes);
  return error_of([&] { read_idx(path, axes); });
}

TEST_CASE("idx: plain and gzip files give the same array") {
  const TemporaryFolder folder;
  const std::string bytes = idx_bytes(kShape, kElements);
  for (const std::string& content : {bytes, gzip_bytes(bytes)}) {
    const auto path = write_bytes(folder / "images", content);
    const Idx idx = read_idx(path, 3);
    CHECK(idx.shape == kShape);
    CHECK(idx.bytes == kElements);
    CHECK(read_idx_shape(path, 3) == kShape);
  }
}

TEST_CASE("idx: labels have one axis") {
  const TemporaryFolder folder;
  const auto path = write_bytes(folder / "labels", idx_bytes({3}, {7, 0, 9}));
  CHECK(read_idx(path, 1).shape == Shape{3});
  CHECK(read_idx(path, 1).bytes == std::vector<std::uint8_t>{7, 0, 9});
}

TEST_CASE("idx: a file of the other kind is refused") {
  const TemporaryFolder folder;
  const std::string labels = error_for(folder, idx_bytes({3}, {7, 0, 9}), 3);
  CHECK(contains(labels, "not an IDX file of images"));
  CHECK(contains(labels, "the magic number is 0x00000801, expected 0x00000803"));
  CHECK(contains(error_for(folder, idx_bytes(kShape, kElements), 1), "not an IDX file of labels"));
}

TEST_CASE("idx: every wrong byte of the magic number is refused") {
  const TemporaryFolder folder;
  for (std::size_t at = 0; at < 4; ++at) {
    std::string bytes = idx_bytes(kShape, kElements);
    bytes[at] = static_cast<char>(bytes[at] + 1);
    CHECK(contains(error_for(folder, bytes), "the magic number is 0x"));
  }
}

TEST_CASE("idx: every truncation is refused") {
  const TemporaryFolder folder;
  const std::string whole = idx_bytes(kShape, kElements);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const std::string cut = whole.substr(0, length);
    const std::string expected = length < 16 ? "too short for an IDX header" : "is it complete?";
    CHECK(contains(error_for(folder, cut), expected));
    CHECK(contains(error_for(folder, gzip_bytes(cut)), expected));
  }
}

TEST_CASE("idx: a truncated file says what the header claims") {
  const TemporaryFolder folder;
  const std::string whole = idx_bytes(kShape, kElements);
  const std::string cut = gzip_bytes(whole.substr(0, 20));
  CHECK(contains(error_for(folder, cut),
                 "header says 2 × 2 × 3 = 12 bytes, file has 4; is it complete?"));
}

TEST_CASE("idx: trailing bytes are refused") {
  const TemporaryFolder folder;
  const std::string bytes = idx_bytes(kShape, kElements) + '\0';
  CHECK(contains(error_for(folder, bytes), "but there are more bytes after them"));
  CHECK(contains(error_for(folder, gzip_bytes(bytes)), "but there are more bytes after them"));
}

TEST_CASE("idx: a truncated gzip stream is refused although its content is complete") {
  const TemporaryFolder folder;
  const std::string whole = gzip_bytes(idx_bytes(kShape, kElements));
  for (std::size_t missing = 1; missing <= 8; ++missing) {
    CAPTURE(missing);
    CHECK(contains(error_for(folder, whole.substr(0, whole.size() - missing)), "ends too early"));
  }
}

TEST_CASE("idx: a header that claims 2^31 items costs no memory") {
  const TemporaryFolder folder;
  const std::string claims = idx_bytes({std::size_t{1} << 31U, 28, 28}, kElements);
  rusage before{};
  rusage after{};
  ::getrusage(RUSAGE_SELF, &before);
  for (const std::string& bytes : {claims, gzip_bytes(claims)}) {
    CHECK(contains(error_for(folder, bytes), "more than a file of this length can hold"));
  }
  ::getrusage(RUSAGE_SELF, &after);
  CHECK(after.ru_maxrss - before.ru_maxrss < 16 * 1024);
}

TEST_CASE("idx: a claim beyond 64 bits is refused") {
  const TemporaryFolder folder;
  constexpr std::size_t kMost = 0xffffffff;
  const std::string bytes = idx_bytes({kMost, kMost, kMost}, kElements);
  CHECK(contains(error_for(folder, bytes), "more than a file of this length can hold"));
  // 2³² · 2³² would wrap around to 0 in 64 bits; 0 in front makes the product 0 whatever follows.
  const std::string nothing = idx_bytes({0, kMost, kMost}, {});
  CHECK_EQ(error_for(folder, nothing), "");
}

TEST_CASE("idx: a product that no number holds is not shown") {
  const TemporaryFolder folder;
  constexpr std::size_t kMost = 0xffffffff;
  CHECK_EQ(error_for(folder, idx_bytes({kMost, kMost, kMost}, kElements)),
           (folder / "x.idx").string() +
               ": header says 4294967295 × 4294967295 × 4294967295 bytes, more than a file of this "
               "length can hold; is it complete?");
}

TEST_CASE("idx: a plain file of another length is refused before it is read") {
  const TemporaryFolder folder;
  constexpr std::uintmax_t kSparse = std::uintmax_t{1} << 36U;
  const auto path = write_bytes(folder / "x.idx", idx_bytes(kShape, kElements));
  std::filesystem::resize_file(path, kSparse);  // takes no room on the disk, and minutes to read
  CHECK(contains(error_of([&] { read_idx(path, 3); }), "but there are more bytes after them"));
  write_bytes(path, idx_bytes({2, 1000, 1000}, {}));
  std::filesystem::resize_file(path, 16 + 1999999);
  CHECK(contains(error_of([&] { read_idx(path, 3); }),
                 "header says 2 × 1000 × 1000 = 2000000 bytes, "));
}

TEST_CASE("idx: a gzip bomb behind a small claim is refused") {
  const TemporaryFolder folder;
  const std::string bomb = idx_bytes({1, 1, 1}, std::vector<std::uint8_t>(std::size_t{1} << 24U));
  CHECK(contains(error_for(folder, gzip_bytes(bomb)), "but there are more bytes after them"));
}

TEST_CASE("idx: no flipped bit of the header goes unnoticed") {
  const TemporaryFolder folder;
  const std::string whole = idx_bytes(kShape, kElements);
  for (std::size_t bit = 0; bit < 8 * 16; ++bit) {
    CAPTURE(bit);
    std::string damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    CHECK_FALSE(error_for(folder, damaged).empty());
  }
}

TEST_CASE("idx: the shape alone is read without the elements") {
  const TemporaryFolder folder;
  const auto path = write_bytes(folder / "x", idx_bytes({60000, 28, 28}, {}));
  CHECK(read_idx_shape(path, 3) == Shape{60000, 28, 28});
}

}  // namespace
}  // namespace nnrun
