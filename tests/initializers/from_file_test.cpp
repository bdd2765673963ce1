#include <limits>

#include "core/initializer.h"
#include "npy_file.h"
#include "support.h"

namespace nnrun {

using namespace test;

namespace {

std::string leaf(const std::filesystem::path& file, const std::string& more = "") {
  return "from_file: {file: " + file.string() + more + "}";
}

/// What is wrong with a file of these bytes, without its folder.
std::string mistake(const std::string& bytes) {
  const TemporaryFolder folder;
  const auto file = write_bytes(folder / "w.npy", bytes);
  std::string found = mistakes_in<Initializer>(leaf(file));
  const auto start = found.find(file.string());
  if (start != std::string::npos) found.erase(start, file.string().size() - 5);
  return found;
}

}  // namespace

TEST_CASE("from_file: the values of a file, of either precision") {
  const TemporaryFolder folder;
  const Stream stream(1, "any");
  const auto single =
      write_bytes(folder / "f4.npy", npy_file<float>("<f4", "(2, 2)", {1, -2, 0.5F, 4}));
  const auto twice =
      write_bytes(folder / "f8.npy", npy_file<double>("<f8", "(2, 2)", {1, -2, 0.5, 4}));
  for (const auto& file : {single, twice}) {
    const auto initializer = make_from<Initializer>(leaf(file));
    initializer->check({2, 2});
    std::vector<double> values(4);
    initializer->fill(stream, {2, 2}, {}, values);
    CHECK(values == std::vector<double>{1, -2, 0.5, 4});
  }
}

TEST_CASE("from_file: another shape is refused with both") {
  const TemporaryFolder folder;
  const auto file =
      write_bytes(folder / "w.npy", npy_file<float>("<f4", "(2, 3)", {1, 2, 3, 4, 5, 6}));
  const auto initializer = make_from<Initializer>(leaf(file));
  const std::string wanted = file.string() + ": an array of shape 2 × 3, expected 3 × 2";
  CHECK_THROWS_WITH_AS(initializer->check({3, 2}), wanted.c_str(), Misfit);
  CHECK_THROWS_AS(initializer->check({6}), Misfit);
}

TEST_CASE("from_file: what is wrong with a file is told at its place") {
  const std::string good = npy_file<float>("<f4", "(3)", {1, 2, 3});
  CHECK_EQ(mistake(good), "");
  CHECK_EQ(
      mistake(good.substr(0, good.size() - 1)),
      "test:1:19: from_file.file: w.npy: header says 3 of float32 = 12 bytes, file has 11; is it complete?");
  CHECK(contains(mistake(npy_file<float>("<f4", "(3,)", {1, 2, 3}, /*fortran_order=*/true)),
                 "in Fortran order"));
  CHECK(contains(mistake(npy_file<std::int32_t>("<i4", "(1,)", {1})),
                 "elements of type int32; expected float32 or float64"));
  CHECK(contains(mistake(npy_file<float>("<c8", "(1,)", {1, 2})), "elements of type '<c8'"));
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  CHECK(contains(mistake(npy_file<float>("<f4", "(1, 2)", {1, kNan})),
                 "nan at [0, 1]; expected finite numbers"));
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  CHECK(contains(mistake(npy_file<double>("<f8", "(1,)", {-kInfinity})), "-inf at [0]"));
  CHECK(contains(mistake(npy_file<double>("<f8", "(1,)", {1e300})),
                 "more than single precision can hold"));
  CHECK(contains(mistakes_in<Initializer>("from_file: {file: no/such.npy}"),
                 "test:1:19: from_file.file: no/such.npy: "));
  CHECK(contains(mistakes_in<Initializer>("from_file"), "missing key 'file'"));
}

TEST_CASE("from_file: the file's checksum is part of the resolved experiment") {
  const TemporaryFolder folder;
  const auto file = write_bytes(folder / "w.npy", npy_file<float>("<f4", "(1,)", {1}));
  const std::string resolved = read_from<Initializer>(leaf(file)).resolved;
  CHECK(contains(resolved, ", sha256: \""));
  CHECK_EQ(read_from<Initializer>(resolved).mistakes, "");
  write_bytes(file, npy_file<float>("<f4", "(1,)", {2}));
  CHECK(contains(mistakes_in<Initializer>(resolved),
                 "from_file.sha256: " + file.string() + " is another file: its SHA-256 is "));
  CHECK(read_from<Initializer>(leaf(file)).resolved != resolved);
}

TEST_CASE("from_file: all that use a file at a time have the same values") {
  const TemporaryFolder folder;
  const auto file = write_bytes(folder / "w.npy", npy_file<float>("<f4", "(1,)", {1}));
  const auto first = make_from<Initializer>(leaf(file));
  write_bytes(file, npy_file<float>("<f4", "(1,)", {2}));
  std::vector<double> value(1);
  make_from<Initializer>(leaf(file))->fill(Stream(1, "any"), {1}, {}, value);
  CHECK_EQ(value[0], 1);
}

}  // namespace nnrun
