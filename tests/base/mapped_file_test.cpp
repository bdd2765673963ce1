#include "base/mapped_file.h"

#include "base/checksum.h"
#include "support.h"

namespace nnrun {

using namespace test;

TEST_CASE("mapped_file: its bytes are there, before and after it is let go of") {
  const TemporaryFolder folder;
  const MappedFile file(write_bytes(folder / "a", std::string("some bytes")));
  const auto text = [&] { return std::string(file.bytes().begin(), file.bytes().end()); };
  CHECK_EQ(text(), "some bytes");
  file.release();
  CHECK_EQ(text(), "some bytes");
  CHECK_EQ(sha256(file), sha256(std::string_view("some bytes")));
}

TEST_CASE("mapped_file: nothing is mapped of an empty file") {
  const TemporaryFolder folder;
  const MappedFile file(write_bytes(folder / "a", std::string()));
  CHECK(file.bytes().empty());
  file.release();
  CHECK_EQ(sha256(file), sha256(std::string_view()));
}

TEST_CASE("mapped_file: a folder or nothing is an error that names it") {
  const TemporaryFolder folder;
  CHECK(contains(error_of([&] { MappedFile(folder.path()); }), "not a regular file"));
  CHECK(contains(error_of([&] { MappedFile(folder / "missing"); }), "missing"));
}

}  // namespace nnrun
