#include "experiment/run_json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support.h"

namespace nnrun {

using namespace test;
using Json = nlohmann::ordered_json;

namespace {

Json good() {
  return Json::parse(
      R"({"experiment": "e", "run": "r", "seed": 1, "configuration": {"epochs": 2}, "status": "completed",
    "message": "", "fields": ["epochs"], "figures": {"final_epoch": 2, "test_loss": 0.5}, "started": "then",
    "program": {"kernel": "sse2"}, "warnings": ["w"], "files": {"metrics.csv": "00"},
    "data": [{"path": "a", "sha256": "00"}]})");
}

std::string refusal(const std::string& text) {
  const TemporaryFolder folder;
  write_bytes(folder / "run.json", text);
  return error_of([&] { read_run_json(folder.path()); });
}

constexpr const char* kNotOurs = "run.json: damaged, not a run.json of this nnrun";

}  // namespace

TEST_CASE("run.json: what nnrun writes is read") {
  CHECK_EQ(refusal(run_json_text(good())), "");
  const TemporaryFolder empty;
  CHECK_FALSE(read_run_json(empty.path()));
}

TEST_CASE("run.json: anything else is called damaged") {
  for (const char* text : {"", "{", "[]", "3", "{}"}) {
    CAPTURE(std::string(text));
    CHECK(contains(refusal(text), kNotOurs));
  }
  const std::vector<std::pair<std::string, Json>> replacements = {{"/configuration", 1},
                                                                  {"/status", 1},
                                                                  {"/message", nullptr},
                                                                  {"/fields", "epochs"},
                                                                  {"/fields/0", 1},
                                                                  {"/figures", Json::array()},
                                                                  {"/figures/test_loss", true},
                                                                  {"/data", "a"},
                                                                  {"/data/0", "a"},
                                                                  {"/data/0/sha256", 7},
                                                                  {"/data/0/path", 7},
                                                                  {"/seed", -1},
                                                                  {"/program", "nnrun"},
                                                                  {"/program/kernel", 2},
                                                                  {"/files", Json::array()},
                                                                  {"/files/metrics.csv", 0},
                                                                  {"/warnings", "w"},
                                                                  {"/warnings/0", 1},
                                                                  {"/started", 0}};
  for (const auto& replacement : replacements) {
    const auto& where = replacement.first;
    CAPTURE(where);
    Json json = good();
    json[Json::json_pointer(where)] = replacement.second;
    CHECK(contains(refusal(run_json_text(json)), kNotOurs));
  }
  const Json whole = good();
  for (const auto& item : whole.items()) {
    const std::string& key = item.key();
    CAPTURE(key);
    Json json = good();
    json.erase(key);
    CHECK(contains(refusal(run_json_text(json)), kNotOurs));
  }
}

TEST_CASE("run.json: no byte of it can change, and none can be missing") {
  const std::string whole = run_json_text(good());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CAPTURE(i);
    CHECK(contains(refusal(whole.substr(0, i)), "run.json: damaged, "));
    for (const int bit : {0, 5}) {
      std::string flipped = whole;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      CHECK(contains(refusal(flipped), "run.json: damaged, "));
    }
  }
  CHECK(contains(refusal(whole + "\n"), "its SHA-256 is not the one at its end"));
}

}  // namespace nnrun
