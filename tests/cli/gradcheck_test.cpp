// nnrun gradcheck: what it prints and how it ends.
#include <nlohmann/json.hpp>

#include "cli/process.h"
#include "tiny_experiment.h"

namespace nnrun {

using namespace test;

namespace {

/// Two hidden units between tiny's images and its three classes, and a grid over the rest.
std::string hidden(const TemporaryFolder& folder) {
  std::string text = tiny_experiment(folder);
  const std::string one = "  - dense: {units: 3}\n";
  text.replace(text.find(one), one.size(),
               "  - dense: {units: [2, 4]}\n  - relu\n  - dense: {units: 3}\n");
  const std::string rate = "learning_rate: 0.5";
  return text.replace(text.find(rate), rate.size(), "learning_rate: [0.5, 1]");
}

struct Place {
  Place() {
    write_tiny_data(folder);
    write_experiment(folder, "tiny.yaml", hidden(folder));
  }
  TemporaryFolder folder;
};

}  // namespace

TEST_CASE("cli: gradcheck shows each parameter of each network, and says that all is right") {
  const Place place;
  const auto found = nnrun(place.folder, {"gradcheck", "tiny.yaml"});
  CHECK_EQ(found.status, 0);
  CHECK_EQ(found.error, "");
  CHECK(
      contains(found.out, "tiny.yaml: tiny/network.0.dense.units=2,learning_rate=0.5: right: 65 "));
  CHECK(
      contains(found.out, "tiny.yaml: tiny/network.0.dense.units=4,learning_rate=0.5: right: 91 "));
  CHECK_FALSE(contains(found.out, "learning_rate=1"));  // the same networks once more
  for (const char* part : {"x                4 × 9", "0.dense.weights  2 × 9", "2.dense.bias     3",
                           "largest_error"}) {
    CHECK(contains(found.out, part));
  }
  CHECK_EQ(nnrun(place.folder, {"gradcheck", "tiny.yaml"}).out, found.out);
}

TEST_CASE(
    "cli: gradcheck --format json has every number, --samples and --elements bound the work") {
  const Place place;
  const auto found = nnrun(place.folder, {"gradcheck", "tiny.yaml", "--format", "json", "--samples",
                                          "2", "--elements", "5", "--set", "seed=4"});
  CHECK_EQ(found.status, 0);
  const auto rows = nlohmann::json::parse(found.out);
  REQUIRE_EQ(rows.size(), 10);
  CHECK_EQ(rows[0]["run"], "tiny/network.0.dense.units=2,learning_rate=0.5");
  CHECK_EQ(rows[0]["parameter"], "x");
  CHECK_EQ(rows[0]["shape"], "2 × 9");
  for (const auto& row : rows) {
    CHECK(row["checked"] <= 5);
    CHECK_EQ(row["wrong"], 0);
    CHECK(row["largest_error"] < 1e-6);
  }
}

TEST_CASE("cli: gradcheck tells mistakes as check does, and missing data as run does") {
  const Place place;
  write_experiment(place.folder, "bad.yaml", tiny_experiment(place.folder, "epoch: 3\n"));
  const auto bad = nnrun(place.folder, {"gradcheck", "bad.yaml"});
  CHECK_EQ(bad.status, 2);
  CHECK_EQ(bad.out, "");
  CHECK_EQ(bad.error, nnrun(place.folder, {"check", "bad.yaml"}).error);
  CHECK(contains(bad.error, "bad.yaml:19:1: unknown key 'epoch'"));
  std::filesystem::resize_file(place.folder / "train-images", 1000);
  const auto damaged = nnrun(place.folder, {"gradcheck", "tiny.yaml"});
  CHECK_EQ(damaged.status, 2);
  CHECK(contains(damaged.error, "train-images"));
  CHECK_EQ(nnrun(place.folder, {"gradcheck", "tiny.yaml", "--samples", "0"}).status, 2);
}

TEST_CASE("cli: gradcheck moves weights of 0 off relu's kink") {
  const Place place;
  // Without a weight other than 0, every unit stands right there.
  const auto found =
      nnrun(place.folder, {"gradcheck", "tiny.yaml", "--set", "network.0.dense.weights=zeros",
                           "--set", "network.0.dense.units=2"});
  CHECK_EQ(found.status, 0);
  CHECK_FALSE(contains(found.out, "at a kink"));
}

}  // namespace nnrun
