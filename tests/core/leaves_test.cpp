// Every leaf of every kind has an example, a documented file, a place in the reference and numbers of
// another tool to be held against.
#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include "core/kinds.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::read_bytes;

const std::filesystem::path kRoot = NNRUN_SOURCE_DIR;

bool is_one_of(const std::string& name, const std::set<std::string>& names) {
  return names.count(name) > 0;
}

std::string file_text(const std::filesystem::path& path) {
  return std::filesystem::is_regular_file(path) ? read_bytes(path) : std::string();
}

/// The comment that a file begins with.
std::string head_comment(const std::string& text) {
  std::istringstream lines(text);
  std::string head;
  for (std::string line; std::getline(lines, line) && line.starts_with("//");) head += line + "\n";
  return head;
}

/// What a head comment of this kind must have a line of.
std::vector<std::string> needed_lines(const std::string& kind) {
  std::vector<std::string> needed = {"Source", "Options", "Errors"};
  if (is_one_of(kind, {"layers", "losses", "optimizers", "schedules", "initializers", "metrics",
                       "datasets"})) {
    needed.emplace_back("Shapes");
  }
  return needed;
}

/// From "## Layers" to the next heading of that size.
std::string reference_section(const std::string& kind) {
  static const std::string kReference = "\n" + file_text(kRoot / "configs/REFERENCE.md");
  std::string title = kind;
  title.front() = static_cast<char>(title.front() - 'a' + 'A');
  const auto start = kReference.find("\n## " + title + "\n");
  if (start == std::string::npos) return {};
  return kReference.substr(start, kReference.find("\n## ", start + 1) - start);
}

/// Whether an item of the lines "Options:" is this one, alone or among others before their description.
bool documents(const std::string& head, const std::string& option) {
  const auto begin = head.find("\n// Options:");
  const auto end = head.find("\n// Errors:", begin);
  if (begin == std::string::npos || end == std::string::npos) return false;
  const std::string lines = head.substr(begin + 11, end - begin - 11);
  return std::regex_search(lines, std::regex("(^|[\\s,])" + option + "([\\s,:{]|$)"));
}

void check_comment(const std::string& kind, const LeafFacts& leaf) {
  const auto head = head_comment(file_text(kRoot / "src" / kind / (leaf.name + ".cpp")));
  CHECK_MESSAGE(head.starts_with("// " + leaf.name + ": "), "src/", kind, "/", leaf.name,
                ".cpp does not begin with '// ", leaf.name, ": '");
  for (const std::string& line : needed_lines(kind)) {
    CHECK_MESSAGE(contains(head, "\n// " + line + ":"), "no line '// ", line, ":'");
  }
  for (const OptionRecord& option : leaf.options) {
    CHECK_MESSAGE(documents(head, option.path), "the option ", option.path, " is not documented");
  }
}

/// Numbers of PyTorch, made by tests/golden.
void check_golden(const std::string& kind, const LeafFacts& leaf) {
  static const std::set<std::string> kGolden = {"layers",    "losses",       "optimizers",
                                                "schedules", "initializers", "metrics"};
  const auto folder = kRoot / "tests/golden";
  if (!is_one_of(kind, kGolden)) return;
  CHECK_MESSAGE(std::filesystem::is_regular_file(folder / kind / (leaf.name + ".json")),
                "no tests/golden/", kind, "/", leaf.name, ".json");
}

TEST_CASE("leaves: each has a working example, documentation, a reference and golden numbers") {
  for (const Kind& kind : kinds()) {
    CAPTURE(kind.name);
    const auto leaves = kind.leaves();
    CHECK_FALSE(leaves.empty());
    for (const LeafFacts& leaf : leaves) {
      CAPTURE(leaf.name);
      CHECK_EQ(leaf.mistakes, "");
      CHECK(leaf.example.starts_with(leaf.name));
      CHECK_FALSE(leaf.summary.empty());
      check_comment(kind.name, leaf);
      CHECK_MESSAGE(contains(reference_section(kind.name), "\n### " + leaf.name + "\n"),
                    "not in configs/REFERENCE.md; see its beginning");
      check_golden(kind.name, leaf);
    }
  }
}

TEST_CASE("leaves: each folder in which files register themselves is a kind") {
  std::set<std::string> found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(kRoot / "src")) {
    if (file.path().extension() == ".cpp" && contains(read_bytes(file), "\nconst Register<")) {
      found.insert(file.path().parent_path().filename().string());
    }
  }
  std::set<std::string> named;
  for (const Kind& kind : kinds()) named.insert(kind.name);
  CHECK_EQ(named, found);
}

TEST_CASE("leaves: a head comment ends where the code begins") {
  CHECK_EQ(head_comment("// a: b\n// Source: c\n#include <d>\n// e\n"), "// a: b\n// Source: c\n");
}

}  // namespace
}  // namespace nnrun
