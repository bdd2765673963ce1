// What the tests of losses share: the network's end as numbers.
#pragma once

#include <string>
#include <vector>

#include "core/layer.h"
#include "core/loss.h"
#include "support.h"

namespace nnrun::test {

/// Logits, what an activation makes of them, and labels.
struct LossCase {
  LossCase(const std::string& activation, const Matrix& z, LabelKind kind,
           std::vector<std::uint32_t> classes)
      : logits(z), outputs(z), labels(std::move(classes)), targets{kind, labels} {
    const auto last = make_from<Layer>(activation);
    last->forward({}, logits.view(), outputs.view());
    link = last->link();
  }
  LossCase(const LossCase&) = delete;
  LossCase& operator=(const LossCase&) = delete;
  LossCase(LossCase&&) = delete;
  LossCase& operator=(LossCase&&) = delete;
  ~LossCase() = default;

  Prediction prediction() const { return {logits.view(), outputs.view(), link}; }
  double sum(const std::string& loss) const {
    return make_from<Loss>(loss)->sum(prediction(), targets);
  }
  std::vector<Scalar> gradient(const std::string& loss, Scalar scale) const {
    Matrix d(logits.view().rows(), logits.view().columns());
    make_from<Loss>(loss)->gradient(prediction(), targets, scale, d.view());
    return d.values();
  }

  Matrix logits;
  Matrix outputs;
  std::vector<std::uint32_t> labels;
  Targets targets;
  Link link = Link::kOther;
};

}  // namespace nnrun::test
