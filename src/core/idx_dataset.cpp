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

/// The files of a set in one folder, and the names of those that are not there.
struct Found {
  IdxPaths paths;
  std::vector<std::string> missing;
};

Found files_in(const fs::path& folder) {
  Found found;
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    const auto path = plain_or_gz(folder, kIdxNames.at(i));
    if (path) {
      found.paths.at(i) = *path;
    } else {
      found.missing.emplace_back(kIdxNames.at(i));
    }
  }
  return found;
}

/// A place for the list of those looked at; where some files are, it says which are not.
std::string looked_at(const fs::path& place) {
  const auto missing = files_in(place).missing;
  const std::string lacks = missing.size() < kIdxNames.size()
                                ? fmt::format(" (lacks {})", fmt::join(missing, ", "))
                                : std::string();
  return "\n  " + printable(place.string()) + lacks;
}

Error not_found(const KnownIdx& known, const std::vector<fs::path>& places) {
  std::string looked;
  for (const fs::path& place : places) looked += looked_at(place);
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

/// What the headers of one images file and its labels file say to each other.
void check_pair(const IdxReader& images, const IdxReader& labels) {
  const Shape& shape = images.shape();
  const std::string name = printable(images.path().string());
  if (shape[0] != labels.shape()[0]) {
    throw Error(fmt::format("{} has {} images, but {} has {} labels", name, shape[0],
                            printable(labels.path().string()), labels.shape()[0]));
  }
  if (shape[0] == 0 || shape[1] == 0 || shape[2] == 0) {
    throw Error(fmt::format("{}: holds no samples ({} images of {} × {})", name, shape[0], shape[1],
                            shape[2]));
  }
}

void check_sizes(const IdxReader& train, const IdxReader& test) {
  const Shape& a = train.shape();
  const Shape& b = test.shape();
  if (a[1] == b[1] && a[2] == b[2]) return;
  throw Error(fmt::format("{} has images of {} × {}, but {} of {} × {}",
                          printable(train.path().string()), a[1], a[2],
                          printable(test.path().string()), b[1], b[2]));
}

std::string content_sha256(const Shape& shape, const std::vector<std::uint8_t>& bytes) {
  // The checksum is of the whole file: the header is written again before the elements.
  std::vector<std::uint8_t> header = {0, 0, 8, static_cast<std::uint8_t>(shape.size())};
  for (const std::size_t length : shape) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      header.push_back(static_cast<std::uint8_t>(length >> shift));
    }
  }
  return sha256({header, bytes});
}

/// Leaves the images in their file, whose SHA-256 it returns.
std::string map_images(const IdxReader& reader, Samples& samples) {
  const std::size_t begin = reader.elements_begin();
  auto file = std::make_shared<const MappedFile>(reader.path());
  if (file->bytes().size() != begin + elements(reader.shape())) {
    throw Error(printable(reader.path().string()) + ": changed while it was read");
  }
  std::string sum = sha256(*file);
  samples.mapped = {std::move(file), begin, reader.shape()[1] * reader.shape()[2], false};
  return sum;
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

std::optional<IdxPaths> KnownIdxDataset::find(const std::optional<fs::path>& folder) const {
  for (const fs::path& place : places(folder)) {
    const Found found = files_in(place);
    if (found.missing.empty()) return found.paths;
  }
  return std::nullopt;
}

bool KnownIdxDataset::can_be_mapped(const std::optional<fs::path>& folder) const {
  const auto paths = find(folder);
  return paths && can_map_idx(*paths);
}

Data KnownIdxDataset::load(const std::optional<fs::path>& folder, Values values) const {
  const auto paths = find(folder);
  if (!paths) throw not_found(known_, places(folder));
  check_shapes(known_, *paths);
  Data data = load_idx(*paths, known_.facts.classes, values);
  check_known(known_, data);
  return data;
}

bool can_map_idx(const IdxPaths& paths) {
  return IdxReader(paths[0], 3).is_plain() && IdxReader(paths[2], 3).is_plain();
}

Data load_idx(const IdxPaths& paths, std::size_t classes, Values values) {
  std::array<IdxReader, 4> readers = {IdxReader(paths[0], 3), IdxReader(paths[1], 1),
                                      IdxReader(paths[2], 3), IdxReader(paths[3], 1)};
  check_pair(readers[0], readers[1]);
  check_pair(readers[2], readers[3]);
  check_sizes(readers[0], readers[2]);
  Data data;
  data.sample = {1, readers[0].shape()[1], readers[0].shape()[2]};
  data.classes = classes;
  for (std::size_t i = 0; i < readers.size(); ++i) {
    IdxReader& reader = readers.at(i);
    Samples& samples = i < 2 ? data.train : data.test;
    if (i % 2 == 0 && values == Values::kMapped && reader.is_plain()) {
      data.files.push_back({paths.at(i).string(), map_images(reader, samples)});
      continue;
    }
    auto bytes = reader.elements();
    data.files.push_back({paths.at(i).string(), content_sha256(reader.shape(), bytes)});
    if (i % 2 == 0) {
      samples.features = std::move(bytes);
    } else {
      check_labels(paths.at(i), bytes, classes);
      samples.labels.assign(bytes.begin(), bytes.end());
    }
  }
  return data;
}

}  // namespace nnrun
