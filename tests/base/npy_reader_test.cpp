#include "base/npy_reader.h"

#include <limits>

#include "base/checksum.h"
#include "npy_file.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::error_of;
using test::npy_file;
using test::TemporaryFolder;
using test::write_bytes;

const std::string kWhole = npy_file<float>("<f4", "(2, 3)", {1, -2.5F, 3, 0, 1e-30F, 6});

/// What is wrong with these bytes, without the folder; empty when they are read as finite numbers.
std::string mistake(const std::string& bytes) {
  const TemporaryFolder folder;
  const auto path = write_bytes(folder / "x.npy", bytes);
  const std::string what = error_of([&] { read_npy_file(path); });
  return what.empty() ? what : what.substr(folder.path().string().size() + 1);
}

std::string changed(const std::string& old, const std::string& replacement) {
  std::string bytes = kWhole;
  return bytes.replace(bytes.find(old), old.size(), replacement);
}

template <class Element>
std::vector<std::int64_t> wholes(const std::string& type, const std::vector<Element>& elements) {
  const TemporaryFolder folder;
  NpyReader reader(
      write_bytes(folder / "x.npy",
                  npy_file<Element>(type, "(" + std::to_string(elements.size()) + ",)", elements)));
  reader.read();
  return reader.wholes();
}

TEST_CASE("npy reader: what npy_bytes writes, and float64") {
  const TemporaryFolder folder;
  const std::vector<Scalar> values = {1, -2.5, 3, 0, 6, 7};
  const auto own = read_npy_file(write_bytes(folder / "a.npy", npy_bytes({2, 3}, values)));
  CHECK(own.shape == Shape{2, 3});
  CHECK(own.values == values);
  const auto wide = read_npy_file(
      write_bytes(folder / "b.npy", npy_file<double>("<f8", "(3, 1, 2)", {1, -2.5, 3, 0, 6, 7})));
  CHECK(wide.shape == Shape{3, 1, 2});
  CHECK(wide.values == values);
}

TEST_CASE("npy reader: headers of versions 2 and 3, and as other writers write them") {
  const std::string header = "{\"shape\":(2,),'fortran_order':False,'descr':'<f4'}\n";
  const std::string data = kWhole.substr(kWhole.size() - 8);
  for (const char version : {'\x02', '\x03'}) {
    std::string bytes = "\x93NUMPY";
    bytes += {version, '\0', static_cast<char>(header.size()), '\0', '\0', '\0'};
    CHECK_EQ(mistake(bytes + header + data), "");
  }
  CHECK_EQ(mistake(npy_file<float>("<f4", "()", {1})), "");
  CHECK_EQ(mistake(npy_file<float>("<f4", "(0, 3)", {})), "");
}

TEST_CASE("npy reader: whole numbers of every type") {
  CHECK(wholes<std::uint8_t>("|u1", {0, 255}) == std::vector<std::int64_t>{0, 255});
  CHECK(wholes<std::int8_t>("|i1", {-128, 127}) == std::vector<std::int64_t>{-128, 127});
  CHECK(wholes<std::uint16_t>("<u2", {65535}) == std::vector<std::int64_t>{65535});
  CHECK(wholes<std::int16_t>("<i2", {-2}) == std::vector<std::int64_t>{-2});
  CHECK(wholes<std::uint32_t>("<u4", {4294967295}) == std::vector<std::int64_t>{4294967295});
  CHECK(wholes<std::int32_t>("<i4", {-3}) == std::vector<std::int64_t>{-3});
  CHECK(wholes<std::uint64_t>("<u8", {7}) == std::vector<std::int64_t>{7});
  CHECK(wholes<std::int64_t>("<i8", {-7}) == std::vector<std::int64_t>{-7});
  const std::uint64_t beyond = std::uint64_t{1} << 63U;
  CHECK(contains(error_of([&] {
                   wholes<std::uint64_t>("<u8", {7, beyond});
                 }),
                 "x.npy: 9223372036854775808 at [1] is too large"));
}

TEST_CASE("npy reader: a file cut off anywhere is refused, and one that goes on") {
  REQUIRE_EQ(mistake(kWhole), "");
  for (std::size_t size = 0; size < kWhole.size(); ++size) {
    CAPTURE(size);
    CHECK(contains(mistake(kWhole.substr(0, size)), "is it complete?"));
  }
  CHECK_EQ(mistake(kWhole.substr(0, kWhole.size() - 1)),
           "x.npy: header says 2 × 3 of float32 = 24 bytes, file has 23; is it complete?");
  CHECK_EQ(mistake(kWhole + "x"),
           "x.npy: header says 2 × 3 of float32 = 24 bytes, but there is 1 more after them");
}

TEST_CASE("npy reader: a byte of the header that is not as it should be is no crash") {
  for (std::size_t at = 0; at < kWhole.size() - 24; ++at) {
    for (const char byte : {'\0', '\xff', '9', '(', '\''}) {
      std::string bytes = kWhole;
      if (bytes[at] == byte) continue;
      bytes[at] = byte;
      CAPTURE(at);
      CHECK(contains(mistake(bytes), "x.npy: "));
    }
  }
}

TEST_CASE("npy reader: what it cannot read is named") {
  struct Row {
    std::string bytes;
    std::string mistake;
  };
  const std::vector<Row> rows = {
      {changed("NUMPY", "numpy"), "x.npy: not a .npy file"},
      {changed(std::string("NUMPY\x01", 6), std::string("NUMPY\x04", 6)),
       "x.npy: .npy format version 4.0, expected 1.0 to 3.0"},
      {changed("<f4", ">f4"), "x.npy: big-endian elements ('>f4'); save x.astype('<f4')"},
      {changed("<f4", "<f2"), "x.npy: elements of type '<f2'; expected one of |u1"},
      {changed("<f4", "|O4"), "x.npy: elements of type '|O4'"},
      {changed("<f4", "<c8"), "x.npy: elements of type '<c8'"},
      {changed("<f4", "<i4"), "x.npy: elements of type int32; expected float32 or float64"},
      {changed("False", "True "),
       "x.npy: in Fortran order (the first axis fastest); save numpy.ascontiguousarray(x)"},
      {changed("'descr': '<f4'", "'descr': [    "), "x.npy: a structured array"},
      {changed("(2, 3)", "(2, x)"), "x.npy: damaged header"},
      {changed("(2, 3)", "(-2,3)"), "x.npy: damaged header"},
      {changed("(2, 3), }            ", "(4294967296,4294967296,1)}"),
       "x.npy: header says 4294967296"},
      {changed("(2, 3)", "(3, 3)"), "x.npy: header says 3 × 3 of float32 = 36 bytes, file has 24"},
      {changed("(2, 3)", "(0, 3)"),
       "x.npy: header says 0 × 3 of float32 = 0 bytes, but there are 24"},
      {test::gzip_bytes(kWhole), "x.npy: compressed"},
  };
  for (const Row& row : rows) {
    const std::string found = mistake(row.bytes);
    CHECK_MESSAGE(contains(found, row.mistake), found);
  }
}

TEST_CASE("npy reader: numbers that are not finite are named with their place") {
  const double inf = std::numeric_limits<double>::infinity();
  CHECK_EQ(mistake(npy_file<double>("<f8", "(2, 2)", {1, 2, 3, -inf})),
           "x.npy: -inf at [1, 1]; expected finite numbers");
  CHECK_EQ(mistake(npy_file<float>("<f4", "(2,)", {1, std::numeric_limits<float>::quiet_NaN()})),
           "x.npy: nan at [1]; expected finite numbers");
  CHECK_EQ(mistake(npy_file<double>("<f8", "(1, 2)", {1, 1e39})),
           "x.npy: 1e+39 at [0, 1] is more than single precision can hold");
}

TEST_CASE("npy reader: the checksum is that of the file") {
  const TemporaryFolder folder;
  NpyReader reader(write_bytes(folder / "x.npy", kWhole));
  reader.read();
  CHECK_EQ(reader.sha256(), sha256({std::vector<std::uint8_t>(kWhole.begin(), kWhole.end())}));
}

}  // namespace
}  // namespace nnrun
