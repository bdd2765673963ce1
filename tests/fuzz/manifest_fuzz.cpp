// A manifest, as `nnrun check` reads it. Its experiments can be `experiment.yaml` beside it.
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "config/yaml.h"
#include "fuzz/target.h"
#include "report/manifest.h"

namespace nnrun::fuzz {

namespace {

namespace fs = std::filesystem;

/// A folder with the experiment and a link to the manifest.
class Place {
 public:
  Place() : folder_(fs::temp_directory_path() / ("manifest_fuzz." + std::to_string(::getpid()))) {
    create_folder(folder_, ExitStatus::kRunFailed);
    write_file(folder_ / "experiment.yaml", kExperiment);
    fs::create_symlink(file_.path(), manifest());
  }
  ~Place() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  Place(Place&&) = delete;
  Place& operator=(Place&&) = delete;

  fs::path manifest() const { return folder_ / "manifest.yaml"; }
  void write(std::string_view content) const { file_.write(content); }

 private:
  MemoryFile file_;
  fs::path folder_;
};

/// As many experiments as a manifest has, each read anew, and the lists of `set` for each of them.
bool takes_long(std::string_view input) {
  constexpr std::size_t kMostExperiments = 10;
  Diagnostics unused;
  const auto document = parse_yaml(input, "input", unused);
  if (!document) return false;
  const Entry* experiments = document->find("experiments");
  const Entry* set = document->find("set");
  return (experiments != nullptr && experiments->value.entries.size() > kMostExperiments) ||
         (set != nullptr && may_be_large(set->value));
}

}  // namespace

void try_input(std::string_view input) {
  if (takes_long(input)) return;
  static const Place kPlace;
  kPlace.write(input);
  static_cast<void>(is_manifest(kPlace.manifest()));
  static_cast<void>(load_manifest(kPlace.manifest(), {}));
}

}  // namespace nnrun::fuzz
