#include "support.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace nnrun::test {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "nnrun_test_XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<std::string> TemporaryFolder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

EnvironmentVariable::EnvironmentVariable(const std::string& name, const std::string& value)
    : name_(name) {
  if (const char* before = std::getenv(name.c_str())) before_ = before;
  ::setenv(name.c_str(), value.c_str(), 1);
}

EnvironmentVariable::~EnvironmentVariable() {
  if (before_) {
    ::setenv(name_.c_str(), before_->c_str(), 1);
  } else {
    ::unsetenv(name_.c_str());
  }
}

fs::path write_bytes(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::string read_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string gzip_bytes(std::string_view content) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  REQUIRE_EQ(
      deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY),
      Z_OK);
  std::string in(content);
  std::string out(deflateBound(&stream, static_cast<uLong>(in.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string idx_bytes(const Shape& shape, const std::vector<std::uint8_t>& elements) {
  std::string bytes = {0, 0, 8, static_cast<char>(shape.size())};
  for (const std::size_t length : shape) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      bytes.push_back(static_cast<char>(length >> shift));
    }
  }
  bytes.append(elements.begin(), elements.end());
  return bytes;
}

Node parse(const std::string& text) {
  Diagnostics diagnostics;
  auto node = parse_yaml(text, "test", diagnostics);
  REQUIRE_EQ(diagnostics.text(), "");
  REQUIRE(node);
  return *node;
}

std::string yaml_mistakes(const std::string& text) {
  Diagnostics diagnostics;
  const auto node = parse_yaml(text, "test", diagnostics);
  CHECK_EQ(node.has_value(), diagnostics.empty());
  return diagnostics.text();
}

void check_close(const std::vector<Scalar>& found, const std::vector<double>& expected,
                 double tolerance) {
  REQUIRE_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(i);
    CAPTURE(found[i]);
    CAPTURE(expected[i]);
    const double miss = std::abs(static_cast<double>(found[i]) - expected[i]);
    CHECK(miss <= tolerance * std::max(1.0, std::abs(expected[i])));
  }
}

}  // namespace nnrun::test
