#include "experiment/halving.h"

#include <limits>
#include <map>

#include "support.h"

namespace nnrun {

namespace {

using Goals = std::vector<std::size_t>;
using Scores = std::map<std::pair<std::size_t, std::size_t>, double>;

constexpr double kWrong = std::numeric_limits<double>::quiet_NaN();

Goals goals_of(const std::vector<Bracket>& brackets, const Scores& scores, bool higher = true) {
  return goals(brackets, 3, higher, [&](std::size_t trial, std::size_t epoch) {
    const auto found = scores.find({trial, epoch});
    return found == scores.end() ? std::nullopt : std::optional(found->second);
  });
}

const std::vector<Bracket> kSix = {{6, {2, 6, 18}}};

}  // namespace

TEST_CASE("halving: all trials go to the first rung, and stay there until all have been there") {
  CHECK(goals_of(kSix, {}) == Goals(6, 2));
  CHECK(goals_of(kSix, {{{0, 2}, 0.5}, {{1, 2}, 0.6}}) == Goals(6, 2));
}

TEST_CASE("halving: the best third goes on, of equal ones the earlier") {
  Scores scores = {{{0, 2}, 0.5}, {{1, 2}, 0.9}, {{2, 2}, 0.7},
                   {{3, 2}, 0.7}, {{4, 2}, 0.1}, {{5, 2}, 0.2}};
  CHECK(goals_of(kSix, scores) == Goals{2, 6, 6, 2, 2, 2});
  CHECK(goals_of(kSix, scores, false) == Goals{2, 2, 2, 2, 6, 6});
  scores[{1, 6}] = 0.9;
  CHECK(goals_of(kSix, scores) == Goals{2, 6, 6, 2, 2, 2});
  scores[{2, 6}] = 0.95;
  CHECK(goals_of(kSix, scores) == Goals{2, 6, 18, 2, 2, 2});
}

TEST_CASE("halving: a trial that went wrong goes on nowhere") {
  const Scores scores = {{{0, 2}, kWrong}, {{1, 2}, kWrong}, {{2, 2}, kWrong},
                         {{3, 2}, kWrong}, {{4, 2}, kWrong}, {{5, 2}, 0.1}};
  CHECK(goals_of(kSix, scores) == Goals{2, 2, 2, 2, 2, 6});
}

TEST_CASE("halving: brackets compete by themselves") {
  const std::vector<Bracket> brackets = {{3, {2, 6}}, {2, {6}}};
  CHECK(goals_of(brackets, {}) == Goals{2, 2, 2, 6, 6});
  CHECK(goals_of(brackets, {{{0, 2}, 1}, {{1, 2}, 2}, {{2, 2}, 0}}) == Goals{2, 6, 2, 6, 6});
}

}  // namespace nnrun
