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
      R"({"experiment": "e", "run": "r", "configuration": {"epochs": 2}, "status": "completed", "message": "",
    "fields": ["epochs"], "figures": {"final_epoch": 2, "test_loss": 0.5},
    "data": [{"path": "a", "sha256": "00"}]})");
}

std::string refusal(const std::string& text) {
  const TemporaryFolder folder;
  write_bytes(folder / "run.json", text);
  return error_of([&] { read_run_json(folder.path()); });
}

}  // namespace

TEST_CASE("run.json: what nnrun writes is read") {
  CHECK_EQ(refusal(good().dump()), "");
  const TemporaryFolder empty;
  CHECK_FALSE(read_run_json(empty.path()));
}

TEST_CASE("run.json: anything else is called damaged") {
  for (const char* text : {"", "{", "[]", "3", "{}"}) {
    CAPTURE(std::string(text));
    CHECK(contains(refusal(text), "damaged, not a run.json of nnrun"));
  }
  const std::vector<std::pair<std::string, Json>> replacements = {{"/configuration", 1},
                                                                  {"/status", 1},
                                                                  {"/message", nullptr},
                                                                  {"/fields", "epochs"},
                                                                  {"/fields/0", 1},
                                                                  {"/figures", Json::array()},
                                                                  {"/figures/test_loss", true},
                                                                  {"/figures/final_epoch", -1},
                                                                  {"/figures/final_epoch", 1.5},
                                                                  {"/figures/final_epoch", "2"},
                                                                  {"/data", "a"},
                                                                  {"/data/0", "a"},
                                                                  {"/data/0/sha256", 7}};
  for (const auto& replacement : replacements) {
    const auto& where = replacement.first;
    CAPTURE(where);
    Json json = good();
    json[Json::json_pointer(where)] = replacement.second;
    CHECK(contains(refusal(json.dump()), "damaged, not a run.json of nnrun"));
  }
  for (const char* key :
       {"experiment", "run", "configuration", "status", "message", "fields", "figures", "data"}) {
    CAPTURE(std::string(key));
    Json json = good();
    json.erase(key);
    CHECK(contains(refusal(json.dump()), "damaged, not a run.json of nnrun"));
  }
  Json json = good();
  json["figures"].erase("final_epoch");
  CHECK(contains(refusal(json.dump()), "damaged, not a run.json of nnrun"));
}

}  // namespace nnrun
