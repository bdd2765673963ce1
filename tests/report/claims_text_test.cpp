#include "report/claims_text.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "report/manifests.h"

namespace nnrun {

using namespace test;

namespace {

const std::string kClaims =
    "  - {name: near, place: 'V, \"a\"', text: \"a | b\", experiment: sweep, run: learning_rate=1, "
    "quantity: {final: {of: test_accuracy}}, near: {value: 0.990, tolerance: 0.001}}\n"
    "  - {name: before, text: t, experiment: single, quantity: {first_epoch: {when: \"train_loss < "
    "1\"}}, before: 50}\n" +
    claim("other", "lowest: {of: train_loss}",
          "less_than: {run: learning_rate=0.5, quantity: {lowest: {of: train_loss}}}") +
    claim("same", "lowest: {of: train_loss}",
          "less_than: {quantity: {highest: {of: train_loss}}}") +
    claim("known", "highest: {of: train_loss}",
          "at_least: 3, status: contested, reason: \"it is | not\"") +
    claim("none", "first_epoch: {when: \"train_loss < 0\"}", "after: 1");

/// Claims with what might have come of them.
struct Judged {
  Judged() : manifest(load_manifest(bench.manifest(kClaims), {})) {
    judgements.of_claims = {{Verdict::kFails, 0.98899999, 0.99}, {Verdict::kHolds, 7, 50},
                            {Verdict::kHolds, 0.123456, 0.25},   {Verdict::kHolds, 0.5, 2},
                            {Verdict::kContested, 2.5, 3},       {Verdict::kNoValue, {}, 1}};
  }
  ManifestBench bench;
  Manifest manifest;
  Judgements judgements;
};

}  // namespace

TEST_CASE("claims text: the table rounds, and never so that the verdict looks wrong") {
  Judged all;
  CHECK_EQ(claims_table(all.manifest, all.judgements),
           R"(claim   place   reported                        measured  verdict
near    V, "a"  0.990 ± 0.001                 0.98899999  fails
before          before 50                              7  holds
other   V       < learning_rate=0.5 (0.2500)      0.1235  holds
same    V       < highest (2.0000)                0.5000  holds
known   V       ≥ 3                               2.5000  contested
none    V       after 1                                   no value

Contested:
known: it is | not

6 claims: 3 holds; 1 fails; 1 contested; 1 no value
)");
}

TEST_CASE("claims text: csv has every number in full") {
  Judged all;
  const std::string csv = claims_csv(all.manifest, all.judgements);
  CHECK(
      csv.starts_with("claim,place,text,experiment,run,quantity,relation,against,reported,"
                      "tolerance,measured,verdict,status,reason\n"
                      "near,\"V, \"\"a\"\"\",a | b,sweep,learning_rate=1,final: {of: "
                      "test_accuracy},near,,0.99,0.001,0.98899999,fails,expected,\n"));
  CHECK(contains(csv,
                 "\nother,V,t,sweep,learning_rate=1,lowest: {of: train_loss},less_than,sweep "
                 "learning_rate=0.5 lowest: {of: train_loss},0.25,,0.123456,holds,expected,\n"));
  CHECK(csv.ends_with(",after,,1,,,no value,expected,\n"));
}

TEST_CASE("claims text: json has null for what does not exist") {
  Judged all;
  all.judgements.of_claims[1].measured = std::numeric_limits<double>::infinity();
  const auto json = nlohmann::json::parse(claims_json(all.manifest, all.judgements));
  CHECK_EQ(json["manifest"], "study");
  const auto& claims = json["claims"];
  REQUIRE_EQ(claims.size(), 6);
  CHECK_EQ(claims[0]["measured"], 0.98899999);
  CHECK_EQ(claims[0]["tolerance"], 0.001);
  CHECK(claims[0]["against"].is_null());
  CHECK(claims[0]["reason"].is_null());
  CHECK_EQ(claims[1]["measured"], "inf");
  CHECK(claims[1]["tolerance"].is_null());
  CHECK_EQ(claims[2]["against"]["run"], "learning_rate=0.5");
  CHECK_EQ(claims[4]["reason"], "it is | not");
  CHECK(claims[5]["measured"].is_null());
  CHECK_EQ(claims[5]["verdict"], "no value");
  CHECK_EQ(json["verdicts"]["holds"], 3);
  CHECK_EQ(json["verdicts"]["no result"], 0);
}

TEST_CASE("claims text: markdown escapes what would end a cell") {
  Judged all;
  const std::string text = claims_markdown(all.manifest, all.judgements);
  CHECK(text.starts_with(
      "| claim | place | the text says | reported | measured | verdict | reason |\n"
      "| --- | --- | --- | --- | --- | --- | --- |\n"
      "| near | V, \"a\" | a \\| b | 0.990 ± 0.001 | 0.98899999 | fails |  |\n"));
  CHECK(contains(text, "| contested | it is \\| not |\n"));
  CHECK(contains(text, "| \\< learning_rate=0.5 (0.2500) | 0.1235 |"));
}

TEST_CASE("claims text: reasons and missing runs stand below the table, wrapped") {
  Judged all;
  all.manifest.claims[4].reason = std::string(30, 'w') + " " + std::string(59, 'x') + " y z";
  all.judgements.missing = {{ManifestRun{0, 1}, "not finished"}, {ManifestRun{1, 0}, "gone"}};
  const std::string text = claims_table(all.manifest, all.judgements);
  CHECK(text.ends_with("\nContested:\nknown: " + std::string(30, 'w') + " " + std::string(59, 'x') +
                       " y\n    z\n\nNo results:\nsweep learning_rate=1: not finished\n"
                       "single: gone\n\n"
                       "6 claims: 3 holds; 1 fails; 1 contested; 1 no value\n"));
}

}  // namespace nnrun
