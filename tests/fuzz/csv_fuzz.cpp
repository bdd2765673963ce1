// A table as the data set csv reads it, whose label column is named `y`. Columns named `c` and `i`, where the
// table has such letters, are categorical and ignored; it is read with `;` between cells too.
#include <fmt/format.h>

#include "config/yaml.h"
#include "core/dataset.h"
#include "core/registry.h"
#include "fuzz/target.h"

namespace nnrun::fuzz {

namespace {

std::unique_ptr<Dataset> make_csv(const std::string& options) {
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  auto node = parse_yaml("csv: {" + options + "}", "input", diagnostics);
  must(node.has_value());
  auto made = make<Dataset>({&*node, {}, &reading});
  must(made.leaf != nullptr);
  return std::move(made.leaf);
}

/// What is said of a table is what it has.
void read(const Dataset& csv) {
  const DataFacts facts = csv.facts();
  const Data data = csv.load({});
  must(data.sample == facts.sample);
  must(data.classes == facts.classes);
  must(data.train.count() == facts.train);
  must(data.test.count() == facts.test);
  must(data.train.numbers.size() == facts.train * elements(facts.sample));
  for (const std::uint32_t label : data.train.labels) must(label < facts.classes);
  must(csv.checksums() == checksums(data));
}

}  // namespace

void try_input(std::string_view input) {
  static const MemoryFile kFile;
  kFile.write(input);
  const std::string files = fmt::format("train: {0}, test: {0}, label: y", kFile.path());
  const bool semicolons = input.find(';') < input.find(',');
  const std::string delimiter = semicolons ? ", delimiter: \";\"" : "";
  const bool more = input.find('c') != input.npos && input.find('i') != input.npos;
  read(*make_csv(files + delimiter + (more ? ", categorical: [c], ignore: [i]" : "")));
}

}  // namespace nnrun::fuzz
