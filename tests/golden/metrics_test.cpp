// Every metric as scikit-learn has it.
#include "core/metric.h"
#include "golden/golden.h"

namespace nnrun {
namespace {

using nlohmann::json;
using test::Matrix;

/// The metric's columns by name, the samples given in two blocks.
std::map<std::string, double> columns(const std::string& name, const json& golden) {
  const auto metric = test::make_from<Metric>(golden.at("yaml").get<std::string>());
  const auto outputs = golden.at("outputs").get<std::size_t>();
  const auto labels = golden.at("labels").get<std::vector<std::uint32_t>>();
  const Matrix a(labels.size(), outputs, golden.at("a").get<std::vector<Scalar>>());
  const auto kind =
      golden.at("labels_kind") == "one_vs_rest" ? LabelKind::kBinary : LabelKind::kClasses;
  const NetworkEnd end{golden.at("last").get<std::string>(), kind, outputs};
  CHECK_FALSE(metric->misfit(end));

  Metric::State all;
  const std::size_t half = labels.size() / 2;
  for (const auto& [begin, count] :
       {std::pair{std::size_t{0}, half}, {half, labels.size() - half}}) {
    const ConstMatrixView block(a.view().row(begin).data(), count, outputs);
    Metric::State state;
    metric->add({block, block}, {kind, std::span(labels).subspan(begin, count)}, state);
    metric->merge(state, all);
  }
  const auto values = metric->values(all, labels.size());
  const auto suffixes = metric->suffixes(end);
  REQUIRE_EQ(values.size(), suffixes.size());
  std::map<std::string, double> found;
  for (std::size_t i = 0; i < values.size(); ++i) found[name + suffixes[i]] = values[i];
  return found;
}

TEST_CASE("golden: every metric is scikit-learn's") {
  test::for_each_golden_case<Metric>("metrics", [](const std::string& name, const json& golden) {
    const auto found = columns(name, golden);
    const auto wanted = golden.at("columns").get<std::map<std::string, double>>();
    REQUIRE_EQ(found.size(), wanted.size());
    for (const auto& each : wanted) {
      const std::string& column = each.first;
      CAPTURE(column);
      REQUIRE(found.contains(column));
      test::check_golden(std::vector<double>{found.at(column)}, json::array({each.second}));
    }
  });
}

}  // namespace
}  // namespace nnrun
