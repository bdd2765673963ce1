#include "experiment/metrics_csv.h"

#include <cmath>
#include <limits>

#include "support.h"
#include "train/tiny.h"

namespace nnrun {

using namespace test;

namespace {

constexpr const char* kHeader =
    "epoch,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy\n";

std::string row_mistake(const std::string& rows) {
  return error_of([&] { read_metrics(kHeader + rows, "metrics.csv"); });
}

TEST_CASE("metrics.csv: rows are read back as they were") {
  const Model model = classifier(9);
  const std::vector<EpochRecord> rows = {
      {0, 0.1, {1.0 / 3, 0}, {2.5e-300, 1}, 0},
      {1, 0.3, {std::numeric_limits<double>::max(), 0.1 + 0.2}, {1e22, 0.5}, 0}};
  std::string text = kHeader;
  for (const EpochRecord& row : rows) text += metrics_line(model, row);
  const auto read = read_records(text, "metrics.csv", model);
  REQUIRE_EQ(read.size(), 2);
  for (std::size_t e = 0; e < 2; ++e) {
    CHECK_EQ(read[e].epoch, e);
    CHECK_EQ(read[e].learning_rate, rows[e].learning_rate);
    CHECK(same_bits(read[e].train, rows[e].train));
    CHECK(same_bits(read[e].validation, rows[e].validation));
  }
}

TEST_CASE("metrics.csv: rows without validation samples are read back without") {
  const Model model = classifier(9);
  const std::string text = kHeader + metrics_line(model, {0, 0.1, {1, 0}, {}, 0});
  CHECK(contains(text, "0,0.1,1,0,,\n"));
  CHECK(read_records(text, "metrics.csv", model).at(0).validation.empty());
}

TEST_CASE("metrics.csv: what nnrun would not write is told with its line") {
  CHECK_EQ(row_mistake("0,1,1,nan,inf,-inf\n1,1,1,1,1,\n"), "");
  CHECK(contains(row_mistake("0,five,1,1,1,1\n"),
                 "metrics.csv:2: learning_rate: expected a number, got 'five'"));
  CHECK(contains(row_mistake("0,1,1,1,1,1\n1,1,1,1,1\n"), "metrics.csv:3: 5 cells, expected 6"));
  CHECK(contains(row_mistake("0,1,1,1,1,1\n2,1,1,1,1,1\n"),
                 "metrics.csv:3: expected epoch 1, got '2'"));
  CHECK(contains(row_mistake("0,1,1,1,1,1"), "metrics.csv:2: the last line is cut off"));
  CHECK(contains(error_of([&] { read_metrics("", "metrics.csv"); }), "missing or empty"));
}

TEST_CASE("metrics.csv: another experiment's columns are no records of this one") {
  CHECK(contains(error_of([&] { read_records("epoch,loss\n0,1\n", "metrics.csv", classifier(9)); }),
                 "metrics.csv: has other columns"));
}

}  // namespace
}  // namespace nnrun
