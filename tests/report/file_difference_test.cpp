#include "report/file_difference.h"

#include <cmath>

#include "base/npy.h"
#include "support.h"

namespace nnrun {

using namespace test;

namespace {

using Lines = std::vector<std::string>;

/// Two runs' folders.
struct Two {
  Two() {
    for (const auto& run : {a, b}) std::filesystem::create_directories(run / "weights");
  }
  FileDifference metrics(const std::string& left, const std::string& right) const {
    write_bytes(a / "metrics.csv", left);
    write_bytes(b / "metrics.csv", right);
    return metrics_difference(a, b);
  }
  Lines confusion(const std::string& left, const std::string& right) const {
    write_bytes(a / "confusion.csv", left);
    write_bytes(b / "confusion.csv", right);
    return confusion_difference(a, b).lines;
  }
  Lines weights(const std::string& left, const std::string& right) const {
    write_bytes(a / "weights/0.npy", left);
    write_bytes(b / "weights/0.npy", right);
    return weights_difference(a, b).lines;
  }

  TemporaryFolder folder;
  std::filesystem::path a = folder / "a";
  std::filesystem::path b = folder / "b";
};

}  // namespace

TEST_CASE("file_difference: the first epoch and column, both values, and how much differs") {
  const Two two;
  const std::string left = "epoch,loss,accuracy\n0,1,0.5\n1,0.8,0.5\n2,0.5,0.75\n";
  const auto same = two.metrics(left, left);
  CHECK_EQ(same.lines, Lines{});
  CHECK_EQ(same.rows, 3);
  CHECK_EQ(same.columns, 3);
  CHECK_EQ(
      two.metrics(left, "epoch,loss,accuracy\n0,1,0.5\n1,0.8,0.4\n2,0.25,0.75\n").lines,
      Lines{"metrics.csv: first at epoch 1, accuracy: 0.5 | 0.4, difference 0.1 (relative 0.2)",
            "metrics.csv: 2 of 9 cells differ, in 2 of 3 rows; largest relative difference "
            "0.5 at epoch 2, loss"});
}

TEST_CASE("file_difference: cells are compared as they are written") {
  const Two two;
  const auto lines = [&](const std::string& left, const std::string& right) {
    return two.metrics("epoch,loss\n0," + left + "\n", "epoch,loss\n0," + right + "\n").lines;
  };
  CHECK_EQ(lines("nan", "nan"), Lines{});
  CHECK_EQ(lines("nan", ""), Lines{"metrics.csv: first at epoch 0, loss: nan | nothing",
                                   "metrics.csv: 1 of 2 cells differ, in 1 of 1 rows"});
  CHECK_EQ(lines("0", "-0"),
           Lines{"metrics.csv: first at epoch 0, loss: 0 | -0, difference 0 (relative 0)",
                 "metrics.csv: 1 of 2 cells differ, in 1 of 1 rows"});
  CHECK_EQ(two.metrics("epoch,loss\n0,1\n", "epoch,loss\n0,1").lines,
           Lines{"metrics.csv: the same cells in other bytes"});
}

TEST_CASE("file_difference: a run that is shorter, and columns that only one has") {
  const Two two;
  CHECK_EQ(two.metrics("epoch,loss\n0,1\n1,2\n", "epoch,loss\n0,1\n").lines,
           Lines{"metrics.csv: rows: 2 | 1"});
  CHECK_EQ(two.metrics("epoch,loss,a,b\n0,1,2,3\n", "epoch,c,loss\n0,2,1\n").lines,
           Lines{"metrics.csv: columns only in A: a, b", "metrics.csv: columns only in B: c"});
  CHECK_EQ(two.metrics("epoch,a,loss\n0,1,2\n", "epoch,loss\n0,3\n").lines,
           Lines{"metrics.csv: columns only in A: a",
                 "metrics.csv: first at epoch 0, loss: 2 | 3, difference 1 (relative 0.333)",
                 "metrics.csv: 1 of 2 cells differ, in 1 of 1 rows; largest relative difference "
                 "0.333 at epoch 0, loss"});
}

TEST_CASE("file_difference: confusion tables differ at a true and a predicted class") {
  const Two two;
  CHECK_EQ(confusion_difference(two.a, two.b).lines, Lines{});
  const std::string left = "true\\predicted,0,1\n0,5,0\n1,2,3\n";
  CHECK_EQ(two.confusion(left, left), Lines{});
  CHECK_EQ(two.confusion(left, "true\\predicted,0,1\n0,5,0\n1,1,4\n"),
           Lines{"confusion.csv: 2 of 6 cells differ; first at true class 1, predicted 0: 2 | 1, "
                 "difference 1 (relative 0.5)"});
  CHECK_EQ(two.confusion(left, "true\\predicted,0\n0,5\n"),
           Lines{"confusion.csv: other rows or columns"});
  std::filesystem::remove(two.a / "confusion.csv");
  CHECK_EQ(confusion_difference(two.a, two.b).lines, Lines{"confusion.csv: only in B"});
  write_bytes(two.a / "confusion_validation.csv", left);
  write_bytes(two.b / "confusion_validation.csv", "true\\predicted,0,1\n0,5,0\n1,0,5\n");
  CHECK_EQ(confusion_difference(two.a, two.b).lines,
           Lines{"confusion.csv: only in B",
                 "confusion_validation.csv: 2 of 6 cells differ; first at true class 1, predicted "
                 "0: 2 | 0, difference 2 (relative 1)"});
}

TEST_CASE("file_difference: weights differ at a file and an element, by bits") {
  const Two two;
  const std::vector<Scalar> values = {1, 2, 3, 4, std::nanf(""), 0};
  const std::string left = npy_bytes({2, 3}, values);
  write_bytes(two.a / "weights/1.npy", left);
  write_bytes(two.b / "weights/1.npy", left);
  CHECK_EQ(two.weights(left, left), Lines{});
  CHECK_EQ(two.weights(left, npy_bytes({2, 3}, std::vector<Scalar>{1, 2, 3, 5, std::nanf(""), 0})),
           Lines{"weights/0.npy: first at [1, 0]: 4 | 5, difference 1 (relative 0.2)",
                 "weights: 1 of 2 files differ; largest relative difference 0.2"});
  CHECK_EQ(
      two.weights(left, npy_bytes({2, 3}, std::vector<Scalar>{1, 2, 3, 4, std::nanf(""), -0.F})),
      Lines{"weights/0.npy: first at [1, 2]: 0 | -0, difference 0 (relative 0)",
            "weights: 1 of 2 files differ"});
  CHECK_EQ(two.weights(left, npy_bytes({3, 2}, values)),
           Lines{"weights/0.npy: shape 2 × 3 | 3 × 2", "weights: 1 of 2 files differ"});
}

TEST_CASE("file_difference: weight files that only one has, and ones that are damaged") {
  const Two two;
  const std::string whole = npy_bytes({2}, std::vector<Scalar>{1, 2});
  write_bytes(two.a / "weights/a.npy", whole);
  write_bytes(two.b / "weights/b.npy", whole);
  const auto found = weights_difference(two.a, two.b);
  CHECK_EQ(found.files, 1);
  CHECK_EQ(found.lines, Lines{"weights/a.npy: only in A", "weights/b.npy: only in B"});
  CHECK(contains(error_of([&] { two.weights(whole, whole.substr(1)); }),
                 "b/weights/0.npy: damaged, not an array as nnrun writes it; train the run anew "
                 "with --retry damaged"));
}

}  // namespace nnrun
