#include "report/evaluation.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

/// Class 0: 3 right of 4; class 1: 1 right of 2, of 2 predicted; class 2: never there, predicted once wrongly.
const std::vector<std::uint64_t> kConfusion = {3, 1, 0, 0, 1, 1, 0, 0, 0};

Evaluation evaluation() { return {"results/tiny/run", "idx", "test", 6, {{0.1}, kConfusion}}; }

}  // namespace

TEST_CASE("evaluation: the figures of a class by hand") {
  const auto figures = class_figures(kConfusion);
  REQUIRE_EQ(figures.size(), 3);
  CHECK_EQ(figures[0].support, 4);
  CHECK_EQ(figures[0].precision, 1);
  CHECK_EQ(figures[0].recall, 0.75);
  CHECK_EQ(figures[0].f1, 6.0 / 7);
  CHECK_EQ(figures[1].support, 2);
  CHECK_EQ(figures[1].precision, 0.5);
  CHECK_EQ(figures[1].recall, 0.5);
  CHECK_EQ(figures[1].f1, 0.5);
  CHECK_EQ(figures[2].support, 0);
  CHECK_EQ(figures[2].precision, 0);
  CHECK_EQ(figures[2].recall, 0);
  CHECK_EQ(figures[2].f1, 0);
}

TEST_CASE("evaluation: a person gets three tables") {
  CHECK_EQ(to_text(evaluation(), {}, OutputFormat::kTable),
           R"(results/tiny/run: 6 test samples of idx

measure  value
loss       0.1

true \ predicted  0  1  2
               0  3  1  0
               1  0  1  1
               2  0  0  0

class  support  precision  recall      f1
    0        4     1.0000  0.7500  0.8571
    1        2     0.5000  0.5000  0.5000
    2        0     0.0000  0.0000  0.0000
)");
}

TEST_CASE("evaluation: a program gets every digit, one value a line") {
  const std::string csv = to_text(evaluation(), {}, OutputFormat::kCsv);
  CHECK(
      csv.starts_with("figure,class,predicted,value\nloss,,,0.1\nsupport,0,,4\nprecision,0,,1\n"
                      "recall,0,,0.75\nf1,0,,0.8571428571428571\nsupport,1,,2\n"));
  CHECK(csv.ends_with("confusion,1,2,1\nconfusion,2,0,0\nconfusion,2,1,0\nconfusion,2,2,0\n"));
  const auto json = nlohmann::json::parse(to_text(evaluation(), {}, OutputFormat::kJson));
  CHECK_EQ(json["measures"]["loss"], 0.1);
  CHECK_EQ(json["samples"], 6);
  CHECK_EQ(json["confusion"][1], std::vector<int>{0, 1, 1});
  CHECK_EQ(json["classes"][0]["f1"], 6.0 / 7);
  const std::string markdown = to_text(evaluation(), {}, OutputFormat::kMarkdown);
  CHECK(contains(markdown, "\n\n| class | support | precision | recall | f1 |\n"));
}

TEST_CASE("evaluation: a matrix that nobody could read is left to programs") {
  Evaluation large = evaluation();
  large.measured.confusion.assign(31 * 31, 1);
  CHECK(contains(to_text(large, {}, OutputFormat::kTable),
                 "The confusion matrix of 31 classes is in --format csv and json.\n"));
  const std::string csv = to_text(large, {}, OutputFormat::kCsv);
  CHECK_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 1 + 31 * 4 + 31 * 31);
}

TEST_CASE("evaluation: labels are probabilities only where the last layer makes some") {
  Predictions made;
  made.classes = 3;
  made.positions = {0};
  made.truth = {0};
  made.predicted = {1};
  made.scores = {0.25, 0.5, 0.25};
  CHECK_EQ(to_text(labels_table({"a.png"}, made), OutputFormat::kCsv),
           "file,predicted,score,runner_up,runner_up_score\na.png,1,0.5,0,0.25\n");
  made.are_probabilities = true;
  CHECK(contains(to_text(labels_table({"a.png"}, made), OutputFormat::kCsv),
                 "file,predicted,probability,runner_up,runner_up_probability\n"));
}

}  // namespace nnrun
