#include "experiment/dataset_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <new>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/error.h"
#include "base/ranks.h"
#include "base/text.h"
#include "config/json.h"
#include "config/yaml.h"
#include "core/registry.h"
#include "experiment/split_spec.h"

namespace nnrun {

namespace {

/// What facts() said.
struct Known {
  DataFacts facts;
  std::string mistake;  ///< why there are none
};

Error out_of_memory(const std::string& name) {
  return Error(fmt::format("out of memory while data set {} was read", name),
               ExitStatus::kRunFailed);
}

/// A grid reads its file once for each point: the data set is asked once for all of them. Were its files to
/// change meanwhile, loading finds other facts and says so.
const Known& facts_of(const DataSource& data) {
  static std::map<std::string, Known> all;
  const auto [found, is_new] = all.try_emplace(data.key);
  if (is_new) {
    try {
      found->second.facts = data.dataset->facts();
    } catch (const Error& error) {
      found->second.mistake = error.what();
    } catch (const std::bad_alloc&) {
      all.erase(found);
      throw out_of_memory(data.name);
    }
  }
  return found->second;
}

class DatasetReader {
 public:
  DatasetReader(Options& options, Reading& reading) : options_(options), reading_(reading) {}

  DatasetSection read() {
    read_source();
    read_facts();
    read_limit();
    read_split();
    read_scale();
    read_augmentations();
    read_labels();
    options_.finish();
    return std::move(section_);
  }

 private:
  void read_source() {
    const std::size_t before = reading_.diagnostics.size();
    auto made = make<Dataset>(options_.leaf("name"));
    DataSource& data = section_.data;
    data.name = made.name;
    // With a mistake in its options it is not the data set that was meant: nothing follows from it.
    if (reading_.diagnostics.size() == before) data.dataset = std::move(made.leaf);
    if (const auto folder = options_.optional_text("dir")) data.folder = *folder;
    if (made.slot.node != nullptr) data.key = to_json(*made.slot.node).dump();
    data.key += "\n" + (data.folder ? data.folder->string() : "");
    if (data.dataset && data.folder && data.dataset->places(data.folder).empty()) {
      options_.fail("dir", data.name + " is not looked for in folders; this one would be ignored");
    }
  }

  void read_facts() {
    if (!section_.data.dataset) return;
    const Known& known = facts_of(section_.data);
    section_.facts_known = known.mistake.empty();
    if (section_.facts_known) {
      section_.data.facts = section_.data.whole = known.facts;
    } else {
      options_.fail("name", known.mistake);
    }
  }

  void read_limit() {
    DataSource& data = section_.data;
    Options limit(options_.mapping("limit", false));
    data.most_train = read_most(limit, "train", 1, data.facts.train);
    data.most_test = read_most(limit, "test", 0, data.facts.test);
    limit.finish();
    data.facts.train = data.most_train.value_or(data.facts.train);
    data.facts.test = data.most_test.value_or(data.facts.test);
    const auto text = [](const std::optional<std::size_t>& most) {
      return most ? std::to_string(*most) : "all";
    };
    data.key += fmt::format("\n{}\n{}", text(data.most_train), text(data.most_test));
  }

  /// How many samples are taken of a file that has `there`.
  std::optional<std::size_t> read_most(Options& limit, const std::string& part, std::int64_t least,
                                       std::size_t there) const {
    const auto most = limit.whole_or(part, "all", at_least(least), true);
    if (!most) return std::nullopt;
    const auto count = static_cast<std::size_t>(*most);
    if (!section_.facts_known || count <= there) return count;
    limit.fail(part,
               fmt::format("{}, but {} has {} for {}", counted(count, "sample"), section_.data.name,
                           there, part == "train" ? "training" : "testing"));
    return there;
  }

  void read_split() {
    const std::size_t before = reading_.diagnostics.size();
    section_.split = nnrun::read_split(options_);
    if (!section_.facts_known || reading_.diagnostics.size() > before) return;
    const auto why = split_mistake(section_.split, section_.data.facts.train, section_.data.name);
    if (why) options_.fail("split", *why);
    section_.split_known = !why;
  }

  void read_scale() {
    const bool numbers = section_.data.facts.numbers;
    const auto scale =
        options_.choice("scale", {"none", "unit", "standard"}, numbers ? "none" : "unit");
    if (numbers && scale == "unit") {
      options_.fail("scale",
                    fmt::format("unit divides bytes by 255, but the samples of {} are numbers; "
                                "use standard or none",
                                section_.data.name));
    }
    section_.scale = scale == "none"   ? Scale::kNone
                     : scale == "unit" ? Scale::kUnit
                                       : Scale::kStandard;
  }

  void read_augmentations() {
    for (const Slot& slot :
         options_.list("augment", list_form(leaf_form(Augmentation::kKind)), false)) {
      const std::size_t before = reading_.diagnostics.size();
      auto made = make<Augmentation>(slot);
      if (!made.leaf || reading_.diagnostics.size() > before) continue;
      const auto why =
          section_.facts_known ? made.leaf->misfit(section_.data.facts.sample) : std::nullopt;
      if (why) slot.fail(*why);
      section_.augmentations.push_back(std::move(made.leaf));
      section_.augmentations_key += to_json(*slot.node).dump() + "\n";
    }
  }

  void read_labels() {
    const Form form = either(
        {word_form("classes"), form_read_by([this](const Slot& slot) { positive_class(slot); })});
    const Slot slot = options_.place("labels", form, "classes");
    const auto leaf = read_leaf(slot);
    section_.labels_known = leaf && (leaf->name == "classes" || leaf->name == "one_vs_rest");
    if (!leaf) return;
    if (!section_.labels_known) {
      return slot.fail(
          fmt::format("expected classes or {{one_vs_rest: CLASS}}, got {}", printable(leaf->name)));
    }
    if (leaf->name == "one_vs_rest") {
      section_.labels = {LabelKind::kBinary, positive_class(slot)};
      return;
    }
    Options inside({leaf->body, slot.path, &reading_});
    inside.finish();
    finish_leaf(*leaf);
  }

  /// `{one_vs_rest: 0}`: the class that becomes 1.
  std::uint32_t positive_class(const Slot& slot) const {
    Options options(slot);
    const auto last = section_.facts_known
                          ? static_cast<std::int64_t>(section_.data.facts.classes) - 1
                          : std::int64_t{255};
    const auto positive = options.whole("one_vs_rest", whole_between(0, last));
    options.finish();
    return static_cast<std::uint32_t>(positive);
  }

  Options& options_;
  Reading& reading_;
  DatasetSection section_;
};

}  // namespace

Data load_data(const DataSource& source) {
  const auto keep_first = [](Samples& samples, const std::optional<std::size_t>& most) {
    const std::size_t width = samples.width();
    const std::size_t count = std::min(samples.count(), most.value_or(samples.count()));
    if (count == samples.count()) return;
    samples.labels.resize(count);
    if (!samples.features.empty()) samples.features.resize(count * width);
    if (!samples.numbers.empty()) samples.numbers.resize(count * width);
    samples.features.shrink_to_fit();  // the others need no memory any more
    samples.numbers.shrink_to_fit();
  };
  Data data;
  try {
    // Each of several ranks reads what its shards have.
    const bool mapped = source.mapped || !ranks().alone();
    data =
        mapped ? source.dataset->load_mapped(source.folder) : source.dataset->load(source.folder);
    keep_first(data.train, source.most_train);
    keep_first(data.test, source.most_test);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(source.name);
  } catch (const std::length_error&) {
    throw out_of_memory(source.name);
  }
  const DataFacts& facts = source.facts;
  if (data.train.count() != facts.train || data.test.count() != facts.test ||
      data.train.are_numbers() != facts.numbers || data.sample != facts.sample ||
      data.classes != facts.classes) {
    throw Error(source.name + ": the files changed while they were read");
  }
  return data;
}

DataSource read_source(const std::string& text, const std::string& where) {
  Diagnostics diagnostics;
  auto node = parse_yaml(text, where, diagnostics);
  DataSource source;
  if (node) {
    Reading reading(diagnostics);
    auto made = make<Dataset>({&*node, {}, &reading});
    source.name = made.name;
    source.dataset = std::move(made.leaf);
    source.key = to_json(*node).dump();
    for (const Axis& axis : reading.axes) {
      diagnostics.add(axis.mark, axis.path.text(), "expected one value, got a list");
    }
  }
  diagnostics.throw_if_any();
  const Known& known = facts_of(source);
  if (!known.mistake.empty()) throw Error(where + ": " + known.mistake);
  source.facts = source.whole = known.facts;
  return source;
}

DatasetSection read_dataset(Options& options, Reading& reading) {
  return DatasetReader(options, reading).read();
}

}  // namespace nnrun
