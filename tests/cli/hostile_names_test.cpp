// Names, notes and paths that would do something if they were taken for more than text.
#include <algorithm>
#include <filesystem>

#include "cli/process.h"
#include "report/manifests.h"

namespace nnrun {

using namespace test;

namespace {

namespace fs = std::filesystem;

/// A terminal would turn red, ring, and be given a title.
constexpr const char* kEscapes = "\x1b[31m\x07\x1b]0;owned\x07";

/// Whether a terminal would show the text and do nothing else.
bool is_plain(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return (byte < 0x20 && byte != '\n') || byte == 0x7f;
  });
}

/// The files of a folder and below, by their paths.
std::vector<std::string> files_below(const fs::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    found.push_back(fs::relative(entry.path(), folder).string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("hostile names: no control character of a path or an argument reaches the terminal") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  const std::string file = std::string(kEscapes) + ".yaml";
  write_experiment(folder, file, tiny_experiment(folder));
  write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
  const std::string results = std::string("results") + kEscapes;
  const std::vector<std::vector<std::string>> commands = {
      {file, "--results", results},
      {"plan", file, "--results", results},
      {"compare", results + "/tiny"},
      {"diff", results + "/tiny", results},
      {"eval", results + "/tiny"},
      {"eval", results + "/tiny", "--images", kEscapes},
      {"eval", results + "/tiny", "--data", kEscapes},
      {"run", "tiny.yaml", "--set", std::string("name=") + kEscapes},
      {"run", "tiny.yaml", "--set", std::string(kEscapes) + "=1"},
      {"check", std::string("none") + kEscapes},
      {"run", "tiny.yaml", "--log-file", std::string("nowhere/") + kEscapes},
      {"list", kEscapes}};
  for (const auto& command : commands) {
    CAPTURE(command.front());
    const Finished found = nnrun(folder, command);
    CHECK(is_plain(found.out));
    CHECK(is_plain(found.error));
  }
}

TEST_CASE("hostile names: text of a manifest is drawn, not run") {
  ManifestBench bench;
  bench.manifest(claim("one", "final: {of: test_accuracy}", "at_least: 0") + R"(
figures:
  - {name: rates, title: "`touch owned` $(touch owned) \"; system('touch owned'); print \"", experiment: sweep, metric: loss}
  - {name: macro, title: "@owned '; !touch owned #", experiment: sweep, metric: accuracy}
)");
  const auto before = files_below(bench.folder.path());
  CHECK_EQ(nnrun(bench.folder, {"batch", "manifest.yaml"}).status, 0);
  auto after = files_below(bench.folder.path());
  std::erase_if(after, [](const std::string& name) { return name.starts_with("results"); });
  CHECK(after == before);
  CHECK(contains(read_bytes(bench.results() / "study/figures/rates.svg"), "touch owned"));
}

TEST_CASE("hostile names: nothing is written outside of the results folder") {
  const TemporaryFolder folder;
  write_tiny_data(folder);
  write_experiment(folder, "tiny.yaml", tiny_experiment(folder));
  const auto before = files_below(folder.path());
  for (const char* name : {"..", "../up", "/tmp/owned", "a/b", ".hidden", "-q"}) {
    CAPTURE(std::string(name));
    const Finished found =
        nnrun(folder, {"run", "tiny.yaml", "--set", "name='" + std::string(name) + "'"});
    CHECK_EQ(found.status, 2);
    CHECK(contains(found.error, "cannot name a folder"));
  }
  CHECK(files_below(folder.path()) == before);
}

}  // namespace nnrun
