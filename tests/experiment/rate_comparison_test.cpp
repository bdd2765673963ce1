#include "experiment/rate_comparison.h"

#include "support.h"

namespace nnrun {
namespace {

using namespace test;

RatedRun rated(const std::string& rate, const std::string& status, const std::string& message = "",
               const std::string& units = "3") {
  RatedRun run;
  run.add_field("units", units);
  run.add_field("learning_rate", rate);
  run.status = status;
  run.message = message;
  return run;
}

std::string last_message(std::vector<RatedRun> runs) {
  compare_rates(runs);
  for (std::size_t r = 0; r + 1 < runs.size(); ++r) {
    CHECK((runs[r].message.empty() || runs[r].message.starts_with("slow")));
  }
  return runs.back().message;
}

TEST_CASE("rate_comparison: a rate beyond all that stayed finite") {
  const auto diverged = [](const std::string& rate) { return rated(rate, "diverged", "x"); };
  CHECK_EQ(
      last_message({rated("0.5", "completed"), rated("2", "completed", "slow"), diverged("20")}),
      "x (learning rate 20; the largest that stayed finite is 2)");
  CHECK_EQ(last_message({rated("0.5", "completed"), rated("2", "completed"), diverged("1")}), "x");
  CHECK_EQ(last_message({rated("0.5", "completed"), diverged("0.1")}), "x");
  CHECK_EQ(last_message({rated("0.5", "interrupted"), diverged("20")}), "x");
}

TEST_CASE("rate_comparison: a rate beyond all that went well, at either side") {
  const std::vector<RatedRun> others = {rated("0.5", "completed"), rated("2", "completed"),
                                        rated("8", "completed", "slow")};
  const auto with_last = [&](const RatedRun& last) {
    auto runs = others;
    runs.push_back(last);
    return runs;
  };
  auto runs = with_last(rated("0.05", "completed", "x"));
  compare_rates(runs);
  CHECK_EQ(runs[0].message, "");
  CHECK_EQ(runs[2].message, "slow (learning rate 8; the largest that has no such message is 2)");
  CHECK_EQ(runs[3].message, "x (learning rate 0.05; the least that has no such message is 0.5)");
  runs = with_last(rated("1", "completed", "x"));
  compare_rates(runs);
  CHECK_EQ(runs[3].message, "x");
}

TEST_CASE("rate_comparison: only runs that differ in learning rate and seed alone are compared") {
  std::vector<RatedRun> runs = {rated("0.5", "completed", "", "4"), rated("20", "diverged", "x")};
  runs[0].add_field("seed", "1");
  runs[1].add_field("seed", "2");
  CHECK_EQ(last_message(runs), "x");
  runs[0] = rated("0.5", "completed");
  runs[0].add_field("seed", "1");
  CHECK_EQ(last_message(runs), "x (learning rate 20; the largest that stayed finite is 0.5)");
  CHECK_EQ(last_message({rated("step", "completed"), rated("cosine", "diverged", "x")}), "x");
}

}  // namespace
}  // namespace nnrun
