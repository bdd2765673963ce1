#include "report/claims.h"

#include <limits>

#include "report/manifests.h"

namespace nnrun {

using namespace test;

namespace {

struct ClaimsBench : ManifestBench {
  Judgements judged(const std::string& claims, const std::vector<std::string>& arguments = {}) {
    read = load_manifest(manifest(claims), arguments);
    return judge(read, results());
  }
  Verdict verdict(const std::string& claims) { return judged(claims).of_claims.at(0).verdict; }

  Manifest read;
};

const std::string kRows = "count: {when: \"train_loss >= 0\"}";  // 4: rows 0 to 3
const std::string kContested = ", status: contested, reason: because";

}  // namespace

TEST_CASE("claims: every relation, at its edge and beyond") {
  ClaimsBench bench;
  bench.train();
  struct Row {
    std::string relation;
    bool holds;
  };
  const std::vector<Row> rows = {
      {"near: {value: 5, tolerance: 1}", true},
      {"near: {value: 5, tolerance: 0.9}", false},
      {"near: {value: 4, tolerance: 0}", true},
      {"near: {value: 3, tolerance: 1}", true},
      {"at_least: 4", true},
      {"at_least: 4.1", false},
      {"at_most: 4", true},
      {"at_most: 3.9", false},
      {"more_than: 3.9", true},
      {"more_than: 4", false},
      {"less_than: 4.1", true},
      {"less_than: 4", false},
      {"before: 5", true},
      {"before: 4", false},
      {"after: 3", true},
      {"after: 4", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.relation);
    CHECK(bench.verdict(claim("c", kRows, row.relation)) ==
          (row.holds ? Verdict::kHolds : Verdict::kFails));
  }
}

TEST_CASE("claims: near counts the decimals that are written") {
  Relation relation;
  relation.tolerance = 0.001;
  CHECK(relation.holds(0.9929, 0.9919));  // 0.9929 - 0.9919 is more than 0.001 in binary
  CHECK(relation.holds(0.9909, 0.9919));
  CHECK_FALSE(relation.holds(0.99291, 0.9919));
}

TEST_CASE("claims: nothing finite is near infinity, and NaN is in no relation to anything") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t kind = 0; kind < relation_names().size(); ++kind) {
    CAPTURE(relation_names()[kind]);
    Relation relation;
    relation.kind = static_cast<Relation::Kind>(kind);
    relation.tolerance = 1;
    CHECK_FALSE(relation.holds(kNaN, 1));
    CHECK_FALSE(relation.holds(1, kNaN));
    if (relation.kind != Relation::Kind::kNear) continue;
    CHECK_FALSE(relation.holds(kInfinity, 1));
    CHECK_FALSE(relation.holds(1, -kInfinity));
    CHECK(relation.holds(kInfinity, kInfinity));
  }
}

TEST_CASE("claims: what is measured, and what it is held against") {
  ClaimsBench bench;
  bench.train();
  const auto all = bench.judged(
      claim("number", kRows, "at_least: 2") +
      claim("other", kRows,
            "after: {experiment: single, quantity: {first_epoch: {when: \"train_loss > 0\"}}}"));
  CHECK_EQ(all.of_claims[0].measured, 4);
  CHECK_EQ(all.of_claims[0].bound, 2);
  CHECK_EQ(all.of_claims[1].bound, 0);
  CHECK(all.of_claims[1].verdict == Verdict::kHolds);
  CHECK(all.missing.empty());
  CHECK(all.status(bench.read) == ExitStatus::kDone);
}

TEST_CASE("claims: a contested claim that does not hold is as known, and one that holds is told") {
  ClaimsBench bench;
  bench.train();
  const auto all =
      bench.judged(claim("a", kRows, "at_least: 9" + kContested) +
                   claim("b", kRows, "at_least: 1" + kContested) +
                   claim("c", "first_epoch: {when: \"train_loss < 0\"}", "before: 9" + kContested));
  CHECK(all.of_claims[0].verdict == Verdict::kContested);
  CHECK(all.of_claims[1].verdict == Verdict::kHoldsContested);
  CHECK(all.of_claims[2].verdict == Verdict::kContested);
  CHECK(all.status(bench.read) == ExitStatus::kDone);
  CHECK_EQ(all.count(Verdict::kContested), 2);
}

TEST_CASE("claims: what never happens has no value, and does not hold") {
  ClaimsBench bench;
  bench.train();
  const std::string never = "first_epoch: {when: \"train_loss < 0\"}";
  const auto all = bench.judged(claim("a", never, "before: 9") +
                                claim("b", kRows, "before: {quantity: {" + never + "}}"));
  CHECK(all.of_claims[0].verdict == Verdict::kNoValue);
  CHECK_FALSE(all.of_claims[0].measured);
  CHECK(all.of_claims[1].verdict == Verdict::kNoValue);
  CHECK_FALSE(all.of_claims[1].bound);
  CHECK(all.status(bench.read) == ExitStatus::kClaimFails);
}

TEST_CASE(
    "claims: results that are not there, of another configuration or damaged are no results") {
  ClaimsBench bench;
  const std::string one = claim("a", kRows, "at_least: 1");
  const auto missing = bench.judged(one);
  CHECK(missing.of_claims[0].verdict == Verdict::kNoResult);
  REQUIRE_EQ(missing.missing.size(), 1);
  CHECK(missing.missing[0].run == ManifestRun{0, 1});
  CHECK_EQ(missing.missing[0].why, "not finished");
  CHECK(missing.status(bench.read) == ExitStatus::kClaimFails);

  bench.train();
  const auto stale = bench.judged(one, {"epochs=7"});
  CHECK(stale.of_claims[0].verdict == Verdict::kNoResult);
  CHECK_EQ(stale.missing.at(0).why, "finished with another configuration: epochs: was 3, now 7");

  write_bytes(bench.results() / "sweep/learning_rate=1/metrics.csv", "epoch\n");
  const auto damaged = bench.judged(one);
  CHECK(damaged.of_claims[0].verdict == Verdict::kNoResult);
  CHECK(damaged.missing.at(0).why.starts_with("finished, but not whole: "));
}

TEST_CASE("claims: a contested claim without results is not taken for known") {
  ClaimsBench bench;
  const auto all = bench.judged(claim("a", kRows, "at_least: 9" + kContested));
  CHECK(all.of_claims[0].verdict == Verdict::kNoResult);
  CHECK(all.status(bench.read) == ExitStatus::kDone);
}

TEST_CASE("claims: a run that diverged is a result") {
  ClaimsBench bench;
  const auto sweep = bench.folder / "sweep.yaml";
  write_bytes(sweep, with(with(read_bytes(sweep), "[0.5, 1]", "[3.0e+38, 1]"), "{units: 3}",
                          "{units: 3, weights: {normal: {stddev: 1.0e+30}}}"));
  write_bytes(sweep, with(read_bytes(sweep), "epochs: 3", "epochs: 9"));
  bench.train();
  const std::string run = "experiment: sweep, run: learning_rate=3e+38, text: t, ";
  const auto all = bench.judged(
      "  - {name: a, " + run + "quantity: {final: {of: test_accuracy}}, at_least: 0}\n" +
      "  - {name: b, " + run + "quantity: {final: {of: final_epoch}}, before: 9}\n" +
      "  - {name: c, " + run + "quantity: {at: {epoch: 9, of: train_loss}}, at_least: 0}\n");
  CHECK(all.of_claims[0].verdict == Verdict::kNoValue);
  CHECK(all.of_claims[1].verdict == Verdict::kHolds);
  CHECK(all.of_claims[2].verdict == Verdict::kNoValue);
  CHECK(all.missing.empty());
}

}  // namespace nnrun
