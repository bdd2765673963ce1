#include "core/registry.h"

#include <string>

#include "core/initializer.h"
#include "core/layer.h"
#include "core/loss.h"
#include "core/metric.h"
#include "core/optimizer.h"
#include "core/schedule.h"
#include "support.h"

namespace nnrun {
namespace {

using test::contains;
using test::mistakes_in;
using test::read_from;

template <class Interface>
void check_examples() {
  const auto& registry = Registry<Interface>::instance();
  CHECK_FALSE(registry.names().empty());
  for (const std::string& name : registry.names()) {
    CAPTURE(name);
    const auto* entry = registry.find(name);
    REQUIRE(entry);
    CHECK_FALSE(entry->summary.empty());
    CHECK(entry->example.starts_with(name));
    if (name == "from_file") continue;  // there is no such file; its own test reads one
    const auto read = read_from<Interface>(entry->example);
    CHECK_EQ(read.mistakes, "");
    CHECK(read.leaf);
  }
}

TEST_CASE("registry: every leaf's example can be read") {
  check_examples<Layer>();
  check_examples<Loss>();
  check_examples<Optimizer>();
  check_examples<Initializer>();
  check_examples<Metric>();
  check_examples<Schedule>();
}

TEST_CASE("registry: a file that an example names need not be there") {
  Diagnostics diagnostics;
  Reading reading(diagnostics);
  CHECK(make_example<Initializer>("from_file", reading) != nullptr);
  CHECK_EQ(diagnostics.text(), "");
}

/// What reading filled in reads again as itself.
template <class Interface>
void check_resolved_again() {
  const auto& registry = Registry<Interface>::instance();
  for (const std::string& name : registry.names()) {
    if (name == "from_file") continue;
    const auto first = read_from<Interface>(registry.find(name)->example);
    const auto again = read_from<Interface>(first.resolved);
    CHECK_EQ(again.mistakes, "");
    CHECK_EQ(again.resolved, first.resolved);
  }
}

TEST_CASE("registry: a resolved leaf reads again as it stands") {
  check_resolved_again<Layer>();
  check_resolved_again<Loss>();
  check_resolved_again<Optimizer>();
  check_resolved_again<Initializer>();
  check_resolved_again<Metric>();
  check_resolved_again<Schedule>();
}

TEST_CASE("registry: an unknown option is refused by every leaf") {
  for (const std::string& name : Registry<Layer>::instance().names()) {
    CAPTURE(name);
    CHECK(contains(mistakes_in<Layer>(name + ": {colour: 3}"), "unknown key 'colour'"));
  }
  for (const std::string& name : Registry<Loss>::instance().names()) {
    CAPTURE(name);
    CHECK(contains(mistakes_in<Loss>(name + ": {colour: 3}"), "unknown key 'colour'"));
  }
}

TEST_CASE("registry: options that are not a mapping are refused by every leaf") {
  for (const std::string& name : Registry<Layer>::instance().names()) {
    CAPTURE(name);
    CHECK(contains(mistakes_in<Layer>(name + ": 3"), "expected a mapping of options"));
  }
}

TEST_CASE("registry: an unknown name is refused with the nearest one") {
  CHECK_EQ(mistakes_in<Layer>("sofmax"),
           "test:1:1: unknown layer 'sofmax'; did you mean 'softmax'?");
  CHECK(contains(mistakes_in<Layer>("convolution"), "unknown layer 'convolution'; known: "));
  CHECK(contains(mistakes_in<Optimizer>("gradient_decent"), "did you mean 'gradient_descent'?"));
}

TEST_CASE("registry: the words of other programs are answered with ours") {
  CHECK_EQ(mistakes_in<Optimizer>("SGD"),
           "test:1:1: unknown optimizer 'SGD'; did you mean 'gradient_descent'?");
  CHECK_EQ(mistakes_in<Loss>("mse"),
           "test:1:1: unknown loss 'mse'; did you mean 'mean_squared_error'?");
  CHECK(contains(mistakes_in<Layer>("linear: {units: 3}"), "did you mean 'dense'?"));
  CHECK(contains(mistakes_in<Layer>("ReLU"), "did you mean 'relu'?"));
  const auto keys = mistakes_in<Layer>("conv2d: {filters: 3, kernel_size: 3}");
  CHECK(contains(keys, "unknown key 'filters'; did you mean 'channels'? accepted: "));
  CHECK(contains(keys, "unknown key 'kernel_size'; did you mean 'kernel'? accepted: "));
}

TEST_CASE("registry: a leaf whose option stands bare is answered with its example") {
  CHECK_EQ(mistakes_in<Layer>("dense: 10"),
           "test:1:8: dense: expected a mapping of options (key: value) as in 'dense: {units: 3}', "
           "got 10");
  CHECK(contains(mistakes_in<Layer>("dropout: 0.3"), " as in 'dropout: {rate: 0.5}', got 0.3"));
  CHECK(contains(mistakes_in<Layer>("dense: [3, 4]"), " as in 'dense: {units: 3}', got a list"));
}

TEST_CASE("registry: names are sorted and found") {
  const auto names = Registry<Layer>::instance().names();
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(Registry<Layer>::instance().find("nothing") == nullptr);
}

}  // namespace
}  // namespace nnrun
