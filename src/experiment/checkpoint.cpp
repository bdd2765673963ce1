#include "experiment/checkpoint.h"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <limits>
#include <numeric>

#include "base/checksum.h"
#include "base/file.h"
#include "base/text.h"
#include "experiment/damage.h"
#include "experiment/run_json.h"

namespace nnrun {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::string_view kMagic = "nnrun checkpoint 1\n";
constexpr std::size_t kLengthBytes = 8;

/// The elements of a vector as bytes.
template <class Values>
std::string_view bytes_of(const Values& values) {
  return {reinterpret_cast<const char*>(values.data()),
          values.size() * sizeof(typename Values::value_type)};
}

struct NamedArray {
  std::string name;
  std::size_t element_size;
  std::string_view bytes;
};

template <class Values>
NamedArray named(const std::string& name, const Values& values) {
  return {name, sizeof(typename Values::value_type), bytes_of(values)};
}

/// The name of what is known of a measure: the loss is 0.
std::string measure_name(std::size_t measure) { return fmt::format("measured.{}", measure); }

std::string length_bytes(std::uint64_t length) {
  std::string bytes;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    bytes += static_cast<char>((length >> (8 * i)) & 0xffU);
  }
  return bytes;
}

std::uint64_t length_from(std::string_view bytes) {
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    length |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return length;
}

/// "best.epoch": a part of what is known of a best epoch.
std::string best_name(const char* which, const char* part) {
  return fmt::format("{}.{}", which, part);
}

/// What is written of a best epoch, where there is one.
struct BestArrays {
  explicit BestArrays(const BestEpoch& best) : parameters(best.parameters) {
    if (best.epoch) numbers = {static_cast<double>(*best.epoch), best.value};
  }
  void add_to(std::vector<NamedArray>& arrays, const char* which) const {
    if (numbers.empty()) return;
    arrays.push_back(named(best_name(which, "epoch"), numbers));
    arrays.push_back(named(best_name(which, "parameters"), parameters));
  }

  std::vector<double> numbers;  ///< the epoch and its value
  const AlignedScalars& parameters;
};

Json head_json(const Checkpoint& checkpoint, const RunMemory& memory,
               const std::vector<NamedArray>& arrays) {
  Json json = checkpoint.facts;
  json["position"] = {{"epoch", checkpoint.position.epoch},
                      {"batches", checkpoint.position.batches},
                      {"update", checkpoint.position.update}};
  json["metrics"] = {{"bytes", checkpoint.metrics_size}, {"sha256", checkpoint.metrics_sha256}};
  json["non_finite"] = memory.non_finite;
  json["samples_measured"] = memory.measured.samples;
  json["measures"] = memory.measured.states.size();
  json["arrays"] = Json::array();
  for (const NamedArray& array : arrays) {
    json["arrays"].push_back({{"name", array.name},
                              {"element", array.element_size},
                              {"elements", array.bytes.size() / array.element_size}});
  }
  return json;
}

/// Whether a member is there and a count.
bool has_count(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_number_unsigned();
}

bool is_head(const Json& json) {
  if (!is_run_facts(json) || !json.contains("position") || !json.contains("metrics")) return false;
  const Json& position = json["position"];
  const Json& metrics = json["metrics"];
  return position.is_object() && has_count(position, "epoch") && has_count(position, "batches") &&
         has_count(position, "update") && metrics.is_object() && has_count(metrics, "bytes") &&
         metrics.contains("sha256") && metrics["sha256"].is_string() &&
         json.contains("non_finite") && json["non_finite"].is_string() &&
         has_count(json, "samples_measured") && has_count(json, "measures") &&
         json.contains("arrays") && json["arrays"].is_array();
}

}  // namespace

fs::path checkpoint_folder(const fs::path& run_folder) { return run_folder / "checkpoint"; }

fs::path checkpoint_file(const fs::path& run_folder) {
  return checkpoint_folder(run_folder) / "state";
}

void write_checkpoint(const fs::path& run_folder, const Checkpoint& checkpoint,
                      const RunMemory& memory) {
  const auto rates = memory.rates.remembered();
  std::vector<NamedArray> arrays = {named("parameters", memory.parameters),
                                    named("optimizer_state", memory.optimizer_state),
                                    named("optimizer_numbers", memory.optimizer_numbers),
                                    named("rates", rates), named("seconds", checkpoint.seconds)};
  for (std::size_t i = 0; i < memory.measured.states.size(); ++i) {
    arrays.push_back(named(measure_name(i), memory.measured.states[i]));
  }
  const BestArrays best(memory.best);
  const BestArrays kept(memory.kept);
  best.add_to(arrays, "best");
  kept.add_to(arrays, "kept");
  const std::string head =
      head_json(checkpoint, memory, arrays).dump(-1, ' ', false, Json::error_handler_t::replace);
  Sha256 digest;
  NewFile file(checkpoint_file(run_folder));
  const auto append = [&](std::string_view bytes) {
    digest.add(bytes);
    file.append(bytes);
  };
  append(kMagic);
  append(length_bytes(head.size()));
  append(head);
  for (const NamedArray& array : arrays) append(array.bytes);
  file.append(digest.hex());
  file.finish();
}

void StoredCheckpoint::fail(const std::string& what) const {
  throw Damage(printable(place_) + ": " + what);
}

StoredCheckpoint StoredCheckpoint::parse(std::string bytes, const std::string& place) {
  StoredCheckpoint stored;
  stored.place_ = place;
  stored.bytes_ = std::move(bytes);
  const std::string_view all = stored.bytes_;
  constexpr std::size_t kFixed = kMagic.size() + kLengthBytes + kDigestBytes;
  if (all.size() < kFixed || !all.starts_with(kMagic))
    stored.fail("not a checkpoint of this nnrun");
  const std::string_view signed_part = all.substr(0, all.size() - kDigestBytes);
  if (sha256(signed_part) != all.substr(signed_part.size())) {
    stored.fail("damaged: its SHA-256 is not the one at its end");
  }
  const std::uint64_t head = length_from(all.substr(kMagic.size()));
  if (head > all.size() - kFixed) stored.fail("damaged: its head is cut off");
  stored.arrays_begin_ = kMagic.size() + kLengthBytes + head;
  stored.json_ = Json::parse(all.substr(kMagic.size() + kLengthBytes, head), nullptr,
                             /*allow_exceptions=*/false);
  if (!is_head(stored.json_)) stored.fail("not a checkpoint of this nnrun");
  stored.read_head();
  return stored;
}

void StoredCheckpoint::read_head() {
  const Json& json = json_;
  for (const char* key : kRunFacts) head_.facts[key] = json[key];
  const auto count = [](const Json& value) { return value.get<std::size_t>(); };
  head_.position = {count(json["position"]["epoch"]), count(json["position"]["batches"]),
                    json["position"]["update"].get<std::uint64_t>()};
  head_.metrics_size = count(json["metrics"]["bytes"]);
  head_.metrics_sha256 = json["metrics"]["sha256"].get<std::string>();
  read_arrays();
  head_.seconds.resize(array("seconds", sizeof(double)).size() / sizeof(double));
  fill("seconds", head_.seconds);
}

void StoredCheckpoint::read_arrays() {
  std::size_t left = bytes_.size() - kDigestBytes - arrays_begin_;
  std::size_t begin = arrays_begin_;
  for (const Json& array : json_["arrays"]) {
    if (!array.is_object() || !array.contains("name") || !array["name"].is_string() ||
        !has_count(array, "element") || !has_count(array, "elements")) {
      fail("not a checkpoint of this nnrun");
    }
    const auto element = array["element"].get<std::size_t>();
    const auto elements = array["elements"].get<std::size_t>();
    if (element == 0 || elements > left / element) fail("damaged: its arrays are cut off");
    arrays_[array["name"].get<std::string>()] = {element, begin, element * elements};
    begin += element * elements;
    left -= element * elements;
  }
  if (left != 0) fail("damaged: more follows its arrays");
}

std::string_view StoredCheckpoint::array(const std::string& name, std::size_t element_size) const {
  const auto found = arrays_.find(name);
  if (found == arrays_.end() || found->second.element_size != element_size) {
    fail("not a checkpoint of this model: it has no " + name);
  }
  return std::string_view(bytes_).substr(found->second.begin, found->second.size);
}

template <class Values>
void StoredCheckpoint::fill(const std::string& name, Values& values) const {
  const std::string_view from = array(name, sizeof(typename Values::value_type));
  if (from.size() != bytes_of(values).size()) {
    fail("not a checkpoint of this model: other sizes of its " + name);
  }
  if (!from.empty()) std::memcpy(values.data(), from.data(), from.size());
}

void StoredCheckpoint::restore(RunMemory& memory) const {
  fill("parameters", memory.parameters);
  fill("optimizer_state", memory.optimizer_state);
  fill("optimizer_numbers", memory.optimizer_numbers);
  std::vector<double> rates = memory.rates.remembered();
  fill("rates", rates);
  if (!memory.rates.restore(rates)) fail("not a checkpoint of this model's schedules");
  memory.non_finite = json_["non_finite"].get<std::string>();
  memory.measured.samples = json_["samples_measured"].get<std::size_t>();
  const auto measures = json_["measures"].get<std::size_t>();
  if (measures > arrays_.size()) fail("damaged: it has fewer measures than it says");
  memory.measured.states.resize(measures);
  for (std::size_t i = 0; i < measures; ++i) {
    auto& state = memory.measured.states[i];
    state.resize(array(measure_name(i), sizeof(double)).size() / sizeof(double));
    fill(measure_name(i), state);
  }
  restore("best", memory.best);
  restore("kept", memory.kept);
  memory.seconds = std::accumulate(head_.seconds.begin(), head_.seconds.end(), 0.0);
}

void StoredCheckpoint::restore(const char* which, BestEpoch& best) const {
  if (!arrays_.contains(best_name(which, "epoch"))) return;
  std::vector<double> numbers(2);
  fill(best_name(which, "epoch"), numbers);
  fill(best_name(which, "parameters"), best.parameters);
  const double epoch = numbers[0];
  if (!(epoch >= 0 && epoch < static_cast<double>(head_.position.epoch))) {
    fail("damaged: its best epoch has not been yet");
  }
  best.epoch = static_cast<std::size_t>(epoch);
  best.value = numbers[1];
}

std::optional<StoredCheckpoint> read_checkpoint(const fs::path& run_folder) {
  const fs::path path = checkpoint_file(run_folder);
  auto bytes = read_file_if_there(path, std::numeric_limits<std::size_t>::max(), Links::kRefuse);
  if (!bytes) return std::nullopt;
  return StoredCheckpoint::parse(std::move(*bytes), path.string());
}

}  // namespace nnrun
