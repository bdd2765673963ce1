// Every loss and its gradient with respect to the logits as PyTorch has them.
#include "golden/golden.h"
#include "losses/loss_values.h"

namespace nnrun {
namespace {

using nlohmann::json;
using test::LossCase;
using test::Matrix;

LossCase loss_case(const json& golden) {
  const auto outputs = golden.at("outputs").get<std::size_t>();
  const auto z = golden.at("z").get<std::vector<Scalar>>();
  const bool binary = golden.at("labels_kind") == "one_vs_rest";
  return {golden.at("last").get<std::string>(), Matrix(z.size() / outputs, outputs, z),
          binary ? LabelKind::kBinary : LabelKind::kClasses,
          golden.at("labels").get<std::vector<std::uint32_t>>()};
}

/// The gradient of the reported loss with respect to the last layer's input.
std::vector<Scalar> gradient(const Loss& loss, const Layer& last, const LossCase& at) {
  const Scalar rows = static_cast<Scalar>(at.labels.size());
  Matrix d(at.labels.size(), at.logits.view().columns());
  const Scalar scale = loss.sums() ? 1 : 1 / rows;
  loss.gradient(at.prediction(), at.targets, scale, d.view());
  if (loss.is_joint(at.link)) return d.values();
  Matrix dz = d;
  last.backward({{}, at.logits.view(), at.outputs.view(), d.view(), dz.view(), {}});
  return dz.values();
}

TEST_CASE("golden: every loss and its gradient are PyTorch's") {
  test::for_each_golden_case<Loss>("losses", [](const std::string&, const json& golden) {
    const LossCase at = loss_case(golden);
    const auto loss = test::make_from<Loss>(golden.at("yaml").get<std::string>());
    const auto last = test::make_from<Layer>(golden.at("last").get<std::string>());
    CAPTURE(golden.at("last").get<std::string>());
    const double sum = loss->sum(at.prediction(), at.targets);
    const auto samples = static_cast<double>(at.labels.size());
    test::check_golden(std::vector<double>{loss->sums() ? sum : sum / samples},
                       json::array({golden.at("loss")}));
    test::check_golden(gradient(*loss, *last, at), golden.at("dz"));
  });
}

}  // namespace
}  // namespace nnrun
