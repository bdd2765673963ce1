#include "experiment/repeat_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <string_view>

#include "config/plain_numbers.h"
#include "experiment/seed_spec.h"

namespace nnrun {

namespace {

constexpr std::int64_t kMostRepeats = 100000;
constexpr std::array<std::string_view, 3> kPurposes = {"split", "init", "order"};

/// The purposes that are listed.
std::set<std::string, std::less<>> read_purposes(const Node& vary, Diagnostics& diagnostics) {
  std::set<std::string, std::less<>> varied;
  if (!vary.is_sequence() || vary.items.empty()) {
    diagnostics.add(vary.mark, "vary", "expected a list of split, init or order");
  }
  for (const Node& item : vary.items) {
    const bool known = item.is_scalar() &&
                       std::find(kPurposes.begin(), kPurposes.end(), item.text) != kPurposes.end();
    if (known && varied.insert(item.text).second) continue;
    diagnostics.add(item.mark, "vary",
                    "expected split, init or order, each once, got " + describe(item));
  }
  return varied;
}

/// What is not varied keeps the first seed.
void read_vary(const Entry& vary, Node& document, const Node& first_seed,
               Diagnostics& diagnostics) {
  const auto varied = read_purposes(vary.value, diagnostics);
  if (document.find("seeds") != nullptr) {
    return diagnostics.add(vary.mark, "vary", "seeds are given already; vary would set them too");
  }
  for (const std::string_view purpose : kPurposes) {
    if (!varied.contains(purpose)) (Path::parse("seeds") / purpose).assign(document, first_seed);
  }
}

Node seeds_from(std::int64_t first, std::int64_t count, const Mark& mark) {
  Node seeds = Node::sequence(mark);
  for (std::int64_t i = 0; i < count; ++i) {
    seeds.items.push_back(Node::scalar(std::to_string(first + i), mark));
  }
  seeds.order = std::numeric_limits<int>::max();
  return seeds;
}

}  // namespace

bool read_repeat(const Node& written, Node& document, AxisPaths& paths, Diagnostics& diagnostics) {
  const Entry* repeat = written.find("repeat");
  const Entry* vary = written.find("vary");
  if (repeat == nullptr) {
    if (vary != nullptr) {
      diagnostics.add(vary->mark, "vary", "says what repeat varies, but there is no repeat");
    }
    return false;
  }
  const auto count = plain_whole(repeat->value);
  if (!count || *count < 1 || *count > kMostRepeats) {
    diagnostics.add(repeat->value.mark, "repeat",
                    fmt::format("expected {}, got {}", whole_between(1, kMostRepeats).text(),
                                describe(repeat->value)));
    return false;
  }
  if (document.find("seed") == nullptr) {
    document.at("seed", repeat->mark).value = Node::scalar("1", repeat->mark);
  }
  if (!paths.claim(Path::parse("seed"), repeat->mark, "repeat")) return false;
  Node& seed = document.find("seed")->value;
  const auto first = plain_whole(seed);
  if (!first || *first < 0 || *first > kLargestSeed)
    return false;  // told by whoever reads the seed
  if (*first > kLargestSeed - *count) {
    diagnostics.add(repeat->value.mark, "repeat",
                    fmt::format("its last seed would be above {}", kLargestSeed));
    return false;
  }
  const Entry* seeds = document.find("seeds");
  if (seeds != nullptr && seeds->value.entries.size() == kPurposes.size()) {
    diagnostics.add(seeds->mark, "seeds", "fixes all that repeat would vary");
  }
  if (vary != nullptr) read_vary(*vary, document, seed, diagnostics);
  document.find("seed")->value = seeds_from(*first, *count, repeat->value.mark);
  return true;
}

}  // namespace nnrun
