#include "core/metric.h"

#include <string>
#include <vector>

#include "core/loss.h"
#include "core/registry.h"
#include "support.h"

namespace nnrun {
namespace {

struct MetricRead {
  explicit MetricRead(const std::string& text) : node(test::parse(text)), reading(diagnostics) {
    named = make_metric(Slot{&node, {}, &reading});
  }

  Node node;
  Diagnostics diagnostics;
  Reading reading;
  NamedMetric named;
};

TEST_CASE("metric: a registered metric is made by its name") {
  const MetricRead read("accuracy");
  REQUIRE(read.named.metric);
  CHECK_EQ(read.named.name, "accuracy");
  CHECK(read.named.metric->higher_is_better());
}

TEST_CASE("metric: every registered loss is a metric that measures the same") {
  const test::Matrix outputs(2, 2, {0.25F, 0.75F, 0.5F, 0.5F});
  const test::Matrix logits(2, 2, {0, 1, -1, 1});
  const std::vector<std::uint32_t> labels = {1, 0};
  const Prediction prediction{logits.view(), outputs.view()};
  const Targets targets{LabelKind::kClasses, labels};
  for (const std::string& name : Registry<Loss>::instance().names()) {
    CAPTURE(name);
    const MetricRead read(name);
    REQUIRE(read.named.metric);
    CHECK_FALSE(read.named.metric->higher_is_better());
    const auto loss = test::make_from<Loss>(name);
    Metric::State state;
    read.named.metric->add(prediction, targets, state);
    CHECK_EQ(read.named.metric->values(state, 2)[0], loss->sum(prediction, targets) / 2);
    const NetworkEnd end{"relu", LabelKind::kClasses};
    CHECK(read.named.metric->misfit(end) == loss->misfit(end));
  }
}

TEST_CASE("metric: an unknown name is refused with metrics and losses in mind") {
  const MetricRead metric("acuracy");
  CHECK_FALSE(metric.named.metric);
  CHECK_EQ(metric.diagnostics.text(),
           "test:1:1: unknown metric 'acuracy'; did you mean 'accuracy'?");
  const MetricRead loss("cros_entropy");
  CHECK(test::contains(loss.diagnostics.text(), "did you mean 'cross_entropy'?"));
}

TEST_CASE("metric: an unknown option is refused") {
  const MetricRead read("accuracy: {top: 5}");
  CHECK(test::contains(read.diagnostics.text(), "unknown key 'top'"));
  const MetricRead loss("cross_entropy: {top: 5}");
  CHECK(test::contains(loss.diagnostics.text(), "unknown key 'top'"));
}

TEST_CASE("metric: a metric says itself whether more is better, a loss is better when less") {
  CHECK(more_is_better("accuracy"));
  for (const char* measure : {"loss", "mean_squared_error", "no such metric"}) {
    CHECK_FALSE(more_is_better(measure));
  }
}

}  // namespace
}  // namespace nnrun
