// Every registered loss behind every last layer that fits it, through the network's backward.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/loss.h"
#include "gradient/network_parameters.h"
#include "train/whole_batch.h"

namespace nnrun {
namespace {

using test::away_from_zero;
using test::make_from;
using test::Matrix;

constexpr std::size_t kRows = 4;
constexpr std::size_t kFeatures = 3;

/// What a network may end in: K outputs and the labels they are compared with.
struct End {
  std::size_t outputs;
  LabelKind kind;
  std::vector<std::uint32_t> labels;
};

const std::vector<End> kEnds = {{1, LabelKind::kBinary, {1, 0, 0, 1}},
                                {2, LabelKind::kClasses, {0, 1, 1, 0}},
                                {5, LabelKind::kClasses, {4, 0, 2, 2}}};

/// What the losses are tried with; one that is not listed as it is without options.
const std::map<std::string, std::vector<std::string>> kVariants = {
    {"cross_entropy",
     {"", "reduction: sum", "class_weights: WEIGHTS", "label_smoothing: 0.3",
      "class_weights: WEIGHTS, label_smoothing: 0.2, reduction: sum"}},
    {"binary_cross_entropy", {"", "reduction: sum", "positive_weight: 2.5, reduction: sum"}},
    {"mean_squared_error", {"", "reduction: sum"}},
    {"mean_absolute_error", {"", "reduction: sum"}},
    {"huber", {"", "delta: 0.3", "delta: 0.3, reduction: sum"}},
    {"hinge", {"", "margin: 0.4", "margin: 2, reduction: sum"}},
    {"focal",
     {"", "gamma: 0", "gamma: 0.5, reduction: sum", "alpha: 0.3",
      "alpha: 0.3, gamma: 1, reduction: sum"}}};

/// The loss with these options, of which WEIGHTS stands for a weight for each class.
std::unique_ptr<Loss> make_loss(const std::string& name, std::string options, std::size_t outputs) {
  const std::string place = "WEIGHTS";
  const std::string weights = "0.5, 2.0, 0.0, 1.0, 1.5";
  if (const auto at = options.find(place); at != std::string::npos) {
    options.replace(at, place.size(), "[" + weights.substr(0, 5 * outputs - 2) + "]");
  }
  return make_from<Loss>(options.empty() ? name : name + ": {" + options + "}");
}

/// dense, tanh, dense of K units, and the last layer when it is another one.
Network network_ending_in(const std::string& last, std::size_t outputs) {
  Network network({kFeatures});
  network.add("dense", make_from<Layer>("dense: {units: 4}"));
  network.add("tanh", make_from<Layer>("tanh"));
  network.add("dense", make_from<Layer>("dense: {units: " + std::to_string(outputs) + "}"));
  const auto& registry = Registry<Layer>::instance();
  if (last != "dense") network.add(last, make_from<Layer>(registry.find(last)->example));
  return network;
}

/// The gradient of the mean loss with respect to all parameters.
void check(const Network& network, const Loss& loss, const End& end) {
  const Matrix x(kRows, kFeatures, away_from_zero(kRows * kFeatures, "x"));
  auto parameters = test::random_parameters(network);
  const Targets targets{end.kind, end.labels};
  WholeBatch batch(network, parameters, x.view());
  const auto mean_loss = [&] { return loss.sum(batch.forward(), targets) / kRows; };
  batch.forward();
  std::vector<Scalar> gradient(parameters.size());
  batch.backward({loss, targets, Scalar{1} / kRows}, gradient);
  test::check_parameters(network, gradient, parameters, mean_loss);
}

bool fits(const Network& network, const Loss& loss, const End& end) {
  return !loss.misfit({network.last_layer(), end.kind, end.outputs, network.link()});
}

/// A network for this end, or nothing when the last layer does not take so few outputs.
std::unique_ptr<Network> network_for(const std::string& last, const End& end) {
  try {
    return std::make_unique<Network>(network_ending_in(last, end.outputs));
  } catch (const Misfit&) {
    return nullptr;
  }
}

/// Calls `check(loss, last layer's name, network, end)` for everything that fits; returns how often.
template <class Check>
int for_each_fit(const std::string& name, Check check) {
  int checked = 0;
  const auto known = kVariants.find(name);
  const auto variants = known == kVariants.end() ? std::vector<std::string>(1) : known->second;
  for (const std::string& options : variants) {
    for (const std::string& last : Registry<Layer>::instance().names()) {
      for (const End& end : kEnds) {
        const auto loss = make_loss(name, options, end.outputs);
        const auto network = network_for(last, end);
        if (!network || !fits(*network, *loss, end)) continue;
        CAPTURE(name);
        CAPTURE(options);
        CAPTURE(last);
        CAPTURE(end.outputs);
        check(*loss, last, *network, end);
        ++checked;
      }
    }
  }
  return checked;
}

TEST_CASE("loss gradients: every loss agrees with differences behind every layer that fits") {
  for (const std::string& name : Registry<Loss>::instance().names()) {
    const int checked =
        for_each_fit(name, [](const Loss& loss, const std::string& /*last*/, const Network& network,
                              const End& end) { check(network, loss, end); });
    CHECK(checked > 0);
  }
}

/// The joint gradient of a loss and its activation with respect to the logits.
void check_joint(const Loss& loss, const std::string& last, const End& end) {
  const auto activation = make_from<Layer>(last);
  Matrix z(kRows, end.outputs, away_from_zero(kRows * end.outputs, "z"));
  Matrix a(kRows, end.outputs);
  const Targets targets{end.kind, end.labels};
  const auto total = [&] {
    activation->forward({}, z.view(), a.view());
    return loss.sum({z.view(), a.view(), activation->link()}, targets);
  };
  total();
  Matrix dz(kRows, end.outputs);
  loss.gradient({z.view(), a.view(), activation->link()}, targets, 1, dz.view());
  test::check_gradient(dz.values(), z.values(), total);
}

TEST_CASE("loss gradients: joint losses agree with differences of their logits") {
  int checked = 0;
  for (const std::string& name : Registry<Loss>::instance().names()) {
    for_each_fit(name, [&](const Loss& loss, const std::string& last, const Network& network,
                           const End& end) {
      if (!loss.is_joint(network.link())) return;
      check_joint(loss, last, end);
      ++checked;
    });
  }
  CHECK(checked >= 40);
}

TEST_CASE("loss gradients: layers without parameters before and after are passed through") {
  Network network({kFeatures});
  for (const char* text :
       {"tanh", "dense: {units: 3}", "sigmoid", "dense: {units: 5}", "softmax"}) {
    const std::string layer = text;
    network.add(layer.substr(0, layer.find(':')), make_from<Layer>(layer));
  }
  check(network, *make_from<Loss>("cross_entropy"), kEnds[2]);
}

}  // namespace
}  // namespace nnrun
