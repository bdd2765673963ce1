#include "experiment/trained_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/npy.h"
#include "base/text.h"
#include "config/diagnostics.h"
#include "config/json.h"
#include "experiment/checkpoint.h"
#include "experiment/damage.h"
#include "experiment/run_files.h"
#include "experiment/run_json.h"
#include "experiment/run_state.h"
#include "experiment/stored_run.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// The folder of the one run that is meant.
fs::path folder_of_run(const fs::path& folder) {
  std::error_code error;
  const bool ended = fs::exists(fs::symlink_status(folder / "run.json", error));
  if (!ended && fs::exists(folder / "metrics.csv", error)) {
    throw Error(printable(folder.string()) +
                ": the run is not finished; 'nnrun run' with its experiment file goes on with it");
  }
  const auto runs = run_folders(folder);
  if (runs.size() == 1) return runs.front();
  throw Error(fmt::format("{}: holds {} runs; give the folder of one, such as {}",
                          printable(folder.string()), runs.size(),
                          printable(runs.front().string())));
}

Json finished_facts(const fs::path& folder, TrainedWeights which) {
  auto json = read_run_json(folder);
  if (!json) throw Error(printable(folder.string()) + ": no finished run");
  const auto status = (*json)["status"].get<std::string>();
  const auto message = printable((*json)["message"].get<std::string>());
  if (status == "failed") {
    throw Error(fmt::format("{}: the run failed, it has no weights: {}", printable(folder.string()),
                            message));
  }
  if (which == TrainedWeights::kBest) {
    if ((*json)["figures"].contains("best_weights_epoch")) return *std::move(json);
    throw Error(printable(folder.string()) +
                ": kept no best weights; keep_best in its experiment file asks for them");
  }
  if (status == "diverged") {
    throw Error(
        fmt::format("{}: {}; its weights are of no use", printable(folder.string()), message));
  }
  return *std::move(json);
}

Experiment read_configuration(const fs::path& folder, const Json& facts) {
  const std::string path = (folder / "run.json").string();
  Node document = from_json(facts["configuration"], {std::make_shared<std::string>(path), 0, 0});
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  reading.opens_files = false;  // training has left other values than it started with
  auto experiment = read_experiment(document, reading);
  diagnostics.throw_if_any();
  if (experiment && reading.axes.empty()) return *std::move(experiment);
  throw Damage(printable(path) + ": damaged, its configuration is not that of one run");
}

/// "[3, 17]": the place of an element.
std::string place_text(const Shape& shape, std::size_t element) {
  std::vector<std::size_t> place(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0; element /= shape[axis]) {
    place[axis] = element % shape[axis];
  }
  return fmt::format("[{}]", fmt::join(place, ", "));
}

std::vector<Scalar> read_weights(const TrainedRun& run, TrainedWeights which,
                                 const NetworkParameter& parameter) {
  const std::string below = which == TrainedWeights::kBest ? "weights_best/" : "weights/";
  const std::string name = below + parameter.name + ".npy";
  const fs::path path = run.folder / name;
  const auto array = read_npy(read_intact(path, run.facts["files"].value(name, std::string())));
  if (!array) throw Damage(printable(path.string()) + ": damaged, not an array that nnrun wrote");
  const Shape& shape = parameter.declared.shape;
  if (array->shape != shape) {
    throw Damage(fmt::format("{}: an array of shape {}, but the network's has {}",
                             printable(path.string()), to_text(array->shape), to_text(shape)));
  }
  const auto& values = array->values;
  const auto bad = std::find_if_not(values.begin(), values.end(),
                                    [](Scalar value) { return std::isfinite(value); });
  if (bad == values.end()) return values;
  throw Error(fmt::format("{}: {} at {}; a network with such weights is of no use",
                          printable(path.string()), shortest(static_cast<double>(*bad)),
                          place_text(shape, static_cast<std::size_t>(bad - values.begin()))));
}

}  // namespace

std::string TrainedRun::shown() const { return printable(folder.string()); }

TrainedRun read_trained_run(const fs::path& folder, TrainedWeights which) {
  TrainedRun run;
  run.folder = folder_of_run(folder);
  run.facts = finished_facts(run.folder, which);
  run.experiment = read_configuration(run.folder, run.facts);
  const Network& network = run.experiment.model.network;
  run.parameters.resize(network.parameter_count());
  for (const NetworkParameter& parameter : network.parameters()) {
    Network::restore(parameter, read_weights(run, which, parameter), run.parameters);
  }
  return run;
}

void check_data(const TrainedRun& run, const Data& data) {
  RunState trained;
  for (const Json& file : run.facts["data"]) {
    trained.checksums.push_back(file["sha256"].get<std::string>());
  }
  const auto lines = data_differences(trained, checksums(data));
  if (lines.empty()) return;
  throw Error(
      fmt::format("{}: trained on other data:\n    {}", run.shown(), fmt::join(lines, "\n    ")));
}

void check_alike(const TrainedRun& run, const DataSource& other, const std::string& where) {
  const DataFacts& own = run.experiment.data.facts;
  const auto need = [&](bool fits, const std::string& found, const std::string& expected) {
    if (fits) return;
    throw Error(
        fmt::format("{}: {}, but {} was trained on {}", where, found, run.shown(), expected));
  };
  const DataFacts& facts = other.facts;
  need(facts.sample == own.sample, "samples of " + to_text(facts.sample), to_text(own.sample));
  const auto kind = [](bool numbers) { return numbers ? "numbers" : "bytes"; };
  need(facts.numbers == own.numbers, kind(facts.numbers), kind(own.numbers));
  need(facts.classes == own.classes, fmt::format("{} classes", facts.classes),
       std::to_string(own.classes));
}

}  // namespace nnrun
