// What several tests need: a folder of their own, tiny files, leaves read from YAML text.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/shape.h"
#include "base/tensor.h"
#include "config/reading.h"
#include "config/yaml.h"
#include "core/registry.h"

namespace nnrun::test {

/// A new folder, removed with everything in it at the end of the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  TemporaryFolder(TemporaryFolder&&) = delete;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  /// The names of everything in the folder, sorted.
  std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

/// Sets a variable of the environment, and puts it back at the end.
class EnvironmentVariable {
 public:
  EnvironmentVariable(const std::string& name, const std::string& value);
  ~EnvironmentVariable();
  EnvironmentVariable(const EnvironmentVariable&) = delete;
  EnvironmentVariable& operator=(const EnvironmentVariable&) = delete;
  EnvironmentVariable(EnvironmentVariable&&) = delete;
  EnvironmentVariable& operator=(EnvironmentVariable&&) = delete;

 private:
  std::string name_;
  std::optional<std::string> before_;
};

/// Writes a file, with no more care than the standard library takes; returns its path.
std::filesystem::path write_bytes(const std::filesystem::path& path, std::string_view bytes);
std::string read_bytes(const std::filesystem::path& path);

/// The gzip of `content` (RFC 1952), with zlib's defaults.
std::string gzip_bytes(std::string_view content);

/// An IDX file of unsigned bytes.
std::string idx_bytes(const Shape& shape, const std::vector<std::uint8_t>& elements);

/// What the Error says that `body` throws; empty when it throws none.
template <class Body>
std::string error_of(Body body) {
  try {
    body();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Reads YAML text that must be right, as a file named "test".
Node parse(const std::string& text);
/// The diagnostics of YAML text, empty when it is right.
std::string yaml_mistakes(const std::string& text);

/// A leaf as read from YAML text, and what reading it did.
template <class Interface>
struct LeafRead {
  std::unique_ptr<Interface> leaf;
  std::string mistakes;  ///< one line for each, places in a file named "test"
  std::string resolved;  ///< the text with every default filled in, on one line
};

template <class Interface>
LeafRead<Interface> read_from(const std::string& text) {
  Node node = parse(text);
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  auto made = make<Interface>(Slot{&node, {}, &reading});
  return {std::move(made.leaf), diagnostics.text(), to_line(node)};
}

/// The leaf that `text` stands for: make_from<Layer>("dense: {units: 3}").
template <class Interface>
std::unique_ptr<Interface> make_from(const std::string& text) {
  auto read = read_from<Interface>(text);
  REQUIRE_EQ(read.mistakes, "");
  REQUIRE(read.leaf);
  return std::move(read.leaf);
}

/// What is wrong with a leaf's text.
template <class Interface>
std::string mistakes_in(const std::string& text) {
  return read_from<Interface>(text).mistakes;
}

/// A matrix that owns its elements, given row by row.
class Matrix {
 public:
  Matrix(std::size_t rows, std::size_t columns, std::vector<Scalar> values)
      : rows_(rows), columns_(columns), values_(std::move(values)) {
    REQUIRE_EQ(values_.size(), rows * columns);
  }
  Matrix(std::size_t rows, std::size_t columns)
      : Matrix(rows, columns, std::vector<Scalar>(rows * columns)) {}

  MatrixView view() { return {values_.data(), rows_, columns_}; }
  ConstMatrixView view() const { return {values_.data(), rows_, columns_}; }
  std::vector<Scalar>& values() { return values_; }
  const std::vector<Scalar>& values() const { return values_; }

 private:
  std::size_t rows_;
  std::size_t columns_;
  std::vector<Scalar> values_;
};

/// Compares element by element, within `tolerance` of the larger of 1 and the expected size.
void check_close(const std::vector<Scalar>& found, const std::vector<double>& expected,
                 double tolerance = 1e-6);

}  // namespace nnrun::test
