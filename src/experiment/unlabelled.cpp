#include "experiment/unlabelled.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "core/pictures.h"

namespace nnrun {

namespace fs = std::filesystem;

namespace {

void check_takes_pictures(const TrainedRun& run) {
  const DataFacts& facts = run.experiment.data.facts;
  if (facts.sample.size() == 3 && !facts.numbers) return;
  throw Error(fmt::format("{}: takes no pictures: the samples of {} are {}{}", run.shown(),
                          run.experiment.data.name, to_text(facts.sample),
                          facts.numbers ? " numbers" : " bytes"));
}

}  // namespace

UnlabelledPictures read_unlabelled(const TrainedRun& run, const fs::path& folder) {
  check_takes_pictures(run);
  const Shape& wanted = run.experiment.data.facts.sample;
  UnlabelledPictures read;
  read.names = names_in(folder);
  if (read.names.empty()) throw Error(printable(folder.string()) + ": holds no pictures");
  for (const std::string& name : read.names) {
    const fs::path path = folder / name;
    const Picture8 picture = picture_of(picture_bytes(path), path);
    if (shape_of(picture) != wanted) {
      throw Error(fmt::format("{}: is {}, but {} takes {} (channels × height × width)",
                              printable(path.string()), to_text(shape_of(picture)), run.shown(),
                              to_text(wanted)));
    }
    auto& bytes = read.samples.features;
    bytes.insert(bytes.end(), picture.bytes.begin(), picture.bytes.end());
  }
  read.samples.labels.resize(read.names.size());
  return read;
}

}  // namespace nnrun
