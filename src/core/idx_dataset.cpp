#include "core/idx_dataset.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

#include "base/checksum.h"
#include "base/error.h"
#include "base/idx.h"
#include "base/text.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

std::optional<fs::path> environment_path(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::optional<fs::path>(value) : std::nullopt;
}

std::optional<fs::path> plain_or_gz(const fs::path& folder, const std::string& name) {
  std::error_code error;
  for (const std::string& file : {name, name + ".gz"}) {
    if (fs::exists(folder / file, error)) return folder / file;
  }
  return std::nullopt;
}

std::optional<IdxPaths> files_in(const fs::path& folder) {
  IdxPaths paths;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto path = plain_or_gz(folder, kIdxNames.at(i));
    if (!path) return std::nullopt;
    paths.at(i) = *path;
  }
  return paths;
}

Error not_found(const KnownIdx& known, const std::vector<fs::path>& places) {
  std::string looked;
  for (const fs::path& place : places) looked += "\n  " + printable(place.string());
  return Error(
      fmt::format("data set '{}' not found. Looked for {} (plain or .gz) and the other "
                  "three files in:{}\n{}",
                  known.name, kIdxNames[0], looked, known.remedy));
}

void check_labels(const fs::path& path, const std::vector<std::uint8_t>& labels,
                  std::size_t classes) {
  const auto wrong = std::find_if(labels.begin(), labels.end(),
                                  [&](std::uint8_t label) { return label >= classes; });
  if (wrong == labels.end()) return;
  throw Error(
      fmt::format("{}: label {} of sample {} is out of range: there are {} classes, 0 to {}",
                  printable(path.string()), *wrong, wrong - labels.begin(), classes, classes - 1));
}

/// One images file with its labels file.
Samples pair(const fs::path& image_path, Idx images, const fs::path& label_path, const Idx& labels,
             std::size_t classes) {
  if (images.shape[0] != labels.shape[0]) {
    throw Error(fmt::format("{} has {} images, but {} has {} labels",
                            printable(image_path.string()), images.shape[0],
                            printable(label_path.string()), labels.shape[0]));
  }
  if (images.bytes.empty()) {
    throw Error(fmt::format("{}: holds no samples ({} images of {} × {})",
                            printable(image_path.string()), images.shape[0], images.shape[1],
                            images.shape[2]));
  }
  check_labels(label_path, labels.bytes, classes);
  return {std::move(images.bytes), {labels.bytes.begin(), labels.bytes.end()}};
}

void check_sizes(const IdxPaths& paths, const Shape& train, const Shape& test) {
  if (train[1] == test[1] && train[2] == test[2]) return;
  throw Error(fmt::format("{} has images of {} × {}, but {} of {} × {}",
                          printable(paths[0].string()), train[1], train[2],
                          printable(paths[2].string()), test[1], test[2]));
}

std::string content_sha256(const Idx& idx) {
  // The checksum is of the whole file: the header is written again before the elements.
  std::vector<std::uint8_t> header = {0, 0, 8, static_cast<std::uint8_t>(idx.shape.size())};
  for (const std::size_t length : idx.shape) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      header.push_back(static_cast<std::uint8_t>(length >> shift));
    }
  }
  return sha256({header, idx.bytes});
}

/// Before anything is decompressed: the headers must be those of the published files.
void check_shapes(const KnownIdx& known, const IdxPaths& paths) {
  const DataFacts& facts = known.facts;
  for (std::size_t i = 0; i < paths.size(); i += 2) {
    const Shape found = read_idx_shape(paths.at(i), 3);
    const Shape expected = {i == 0 ? facts.train : facts.test, facts.sample[1], facts.sample[2]};
    if (found == expected) continue;
    throw Error(fmt::format("{}: not the file of {}: header says {}, expected {}\n{}",
                            printable(paths.at(i).string()), known.name, to_text(found),
                            to_text(expected), known.remedy));
  }
}

void check_known(const KnownIdx& known, const Data& data) {
  for (std::size_t i = 0; i < data.files.size(); ++i) {
    const SourceFile& file = data.files[i];
    if (file.sha256 == known.sha256.at(i)) continue;
    throw Error(fmt::format(
        "{}: not the file of {}: its content has SHA-256\n  {}, expected\n  {}\n{}",
        printable(file.path), known.name, file.sha256, known.sha256.at(i), known.remedy));
  }
}

}  // namespace

std::vector<fs::path> KnownIdxDataset::places(const std::optional<fs::path>& folder) const {
  if (folder) return {*folder};
  std::vector<fs::path> places;
  if (const auto root = environment_path("NNRUN_DATA_DIR")) places.push_back(*root / known_.name);
  places.push_back(fs::path("data") / known_.name);
  if (const auto home = environment_path("HOME")) {
    places.push_back(*home / ".cache" / "nnrun" / known_.name);
  }
  places.push_back(fs::path("/usr/share/datasets") / known_.debian_folder);
  return places;
}

Data KnownIdxDataset::load(const std::optional<fs::path>& folder) const {
  const auto looked = places(folder);
  for (const fs::path& place : looked) {
    const auto paths = files_in(place);
    if (!paths) continue;
    check_shapes(known_, *paths);
    Data data = load_idx(*paths, known_.facts.classes);
    check_known(known_, data);
    return data;
  }
  throw not_found(known_, looked);
}

Data load_idx(const IdxPaths& paths, std::size_t classes) {
  std::array<Idx, 4> files;
  Data data;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    files.at(i) = read_idx(paths.at(i), i % 2 == 0 ? 3 : 1);
    data.files.push_back({paths.at(i).string(), content_sha256(files.at(i))});
  }
  check_sizes(paths, files[0].shape, files[2].shape);
  data.sample = {1, files[0].shape[1], files[0].shape[2]};
  data.classes = classes;
  data.train = pair(paths[0], std::move(files[0]), paths[1], files[1], classes);
  data.test = pair(paths[2], std::move(files[2]), paths[3], files[3], classes);
  return data;
}

}  // namespace nnrun
