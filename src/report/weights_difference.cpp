// The weight files of two runs, element by element.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/npy.h"
#include "base/text.h"
#include "experiment/run_files.h"
#include "report/file_difference.h"
#include "report/mismatches.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

/// "weights/0.dense.bias.npy": the files of weights, sorted; those of the best epoch after the last ones.
std::vector<std::string> weight_files(const fs::path& folder) {
  std::vector<std::string> names;
  for (const std::string below : {"weights", "weights_best"}) {
    for (const fs::path& entry : entries_of(folder / below)) {
      if (entry.extension() == ".npy") names.push_back(below + "/" + entry.filename().string());
    }
  }
  if (names.empty()) {
    throw Error(printable(folder.string()) +
                ": has no weights; train the run anew with --retry damaged");
  }
  return names;
}

NpyArray array_of(const std::string& bytes, const fs::path& path) {
  auto array = read_npy(bytes);
  if (array) return std::move(*array);
  throw Error(
      printable(path.string()) +
      ": damaged, not an array as nnrun writes it; train the run anew with --retry damaged");
}

/// "[3, 17]": the place of an element.
std::string index_text(const Shape& shape, std::size_t element) {
  std::string text;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    text = fmt::format("{}{}{}", element % shape[axis], text.empty() ? "" : ", ", text);
    element /= shape[axis];
  }
  return "[" + text + "]";
}

/// The weight files of two runs, one after the other.
class WeightsPair {
 public:
  void add(const std::string& name, const fs::path& a, const fs::path& b) {
    const std::string left = read_result(a);
    const std::string right = read_result(b);
    ++files_;
    if (left == right) return;
    ++differing_;
    add_arrays(name, array_of(left, a), array_of(right, b));
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    if (!first_.empty()) lines.push_back(first_);
    if (differing_ > 0) {
      lines.push_back(fmt::format("weights: {} of {} files differ{}", differing_, files_,
                                  largest_text(elements_, "")));
    }
    return lines;
  }

 private:
  void add_arrays(const std::string& name, const NpyArray& a, const NpyArray& b) {
    std::string what = fmt::format("shape {} | {}", to_text(a.shape), to_text(b.shape));
    if (a.shape == b.shape) {
      const Mismatches found = compared(a, b);
      const std::size_t at = found.first();
      what = fmt::format("first at {}: {}", index_text(a.shape, at),
                         both(fmt::format("{}", a.values[at]), fmt::format("{}", b.values[at])));
      elements_.add(found);
    }
    if (first_.empty()) first_ = printable(name) + ": " + what;
  }

  /// By bits: 0 and -0 differ, a NaN is the same as itself.
  static Mismatches compared(const NpyArray& a, const NpyArray& b) {
    using Bits = std::conditional_t<sizeof(Scalar) == 4, std::uint32_t, std::uint64_t>;
    Mismatches found;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
      if (std::bit_cast<Bits>(a.values[i]) == std::bit_cast<Bits>(b.values[i])) {
        found.same();
      } else {
        found.differs(i, static_cast<double>(a.values[i]), static_cast<double>(b.values[i]));
      }
    }
    return found;
  }

  std::size_t files_ = 0;
  std::size_t differing_ = 0;
  Mismatches elements_;
  std::string first_;
};

void add_files_only_in(std::vector<std::string>& lines, const char* side,
                       const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (const std::string& name : a) {
    if (std::find(b.begin(), b.end(), name) != b.end()) continue;
    lines.push_back(fmt::format("{}: only in {}", printable(name), side));
  }
}

}  // namespace

FileDifference weights_difference(const fs::path& a, const fs::path& b) {
  const auto left = weight_files(a);
  const auto right = weight_files(b);
  FileDifference found;
  found.files = left.size();
  WeightsPair pair;
  for (const std::string& name : left) {
    if (std::find(right.begin(), right.end(), name) == right.end()) continue;
    pair.add(name, a / name, b / name);
  }
  found.lines = pair.lines();
  add_files_only_in(found.lines, "A", left, right);
  add_files_only_in(found.lines, "B", right, left);
  return found;
}

}  // namespace nnrun
