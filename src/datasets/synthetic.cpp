// synthetic: samples drawn from a seed, so that anything runs with no file at all.
//   blobs    K clouds: class k's centre is uniform on [−10, 10] in each feature; x = centre + noise · e
//   moons    two half circles: (cos t, sin t), and (1 − cos t, 0.5 − sin t), t uniform on [0, π]; + noise · e
//   spirals  K arms of one turn: r (cos a, sin a), a = 2π (k/K + r), r uniform on [0, 1]; + noise · e
//   digits   pictures of the ten digits, each one stroke of random place, size, slant and thickness
//            (core/stroke_digits.h), brightness + 255 · noise · e
//   e is the sum of twelve uniform numbers less 6: of mean 0 and deviation 1, nearly normal, at most 6.
//   Sample n is of class n mod K. Nothing but +, −, ×, ÷ and square roots is used, so that the samples are the
//   same, bit for bit, on every machine.
// Source:  moons and blobs as scikit-learn's make_moons and make_blobs, but drawn otherwise
// Shapes:  samples [N, 2] of numbers, of blobs [N, features]; of digits [N, 1, 28, 28] of bytes
// Options: kind      blobs | moons | spirals | digits
//          train     samples, default 1000
//          test      samples, default 200; may be 0
//          classes   of blobs and spirals, 2 to 100, default 3
//          features  of blobs, 1 to 65536, default 2
//          noise     0 to 1e6, default 1 for blobs, 0.1 for moons, 0.05 for spirals, 0 for digits
//          seed      of the samples, default 1; the experiment's seed does not change them
// Errors:  none beyond its options
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/rng.h"
#include "core/dataset.h"
#include "core/registry.h"
#include "core/stroke_digits.h"

namespace nnrun {
namespace {

enum class Kind { kBlobs, kMoons, kSpirals, kDigits };

struct Plan {
  Kind kind = Kind::kBlobs;
  std::size_t train = 0;
  std::size_t test = 0;
  std::size_t classes = 0;
  std::size_t features = 2;
  double noise = 0;
  std::uint64_t seed = 1;
};

/// Nearly standard normal: Stream::normal takes a logarithm, whose last bit differs between machines.
double nearly_normal(const Stream& draws, std::uint64_t index) {
  constexpr std::uint64_t kTerms = 12;  // each of variance 1/12
  double sum = 0;
  for (std::uint64_t i = 0; i < kTerms; ++i) sum += draws.uniform(index * kTerms + i);
  return sum - kTerms / 2.0;
}

/// cos and sin of 2π · turns, by Taylor's series within an eighth of a turn; not by the library, whose last
/// bit differs between machines.
std::array<double, 2> circle(double turns) {
  const double quarters = 4 * (turns - std::floor(turns));
  const double nearest = std::floor(quarters + 0.5);
  const double x = (quarters - nearest) * (std::numbers::pi / 2);
  std::array<double, 2> sums = {0, 0};  // of the even terms, and of the odd ones
  double term = 1;
  for (std::size_t k = 0; k < 20; ++k) {
    sums.at(k % 2) += k % 4 < 2 ? term : -term;
    term *= x / static_cast<double>(k + 1);
  }
  auto [cosine, sine] = sums;
  for (int turn = 0; turn < static_cast<int>(nearest); ++turn) {
    cosine = -std::exchange(sine, cosine);
  }
  return {cosine, sine};
}

class Synthetic final : public Dataset {
 public:
  static std::unique_ptr<Dataset> from(Options& options) {
    static const std::vector<std::string> kKinds = {"blobs", "moons", "spirals", "digits"};
    constexpr std::array<double, 4> kNoise = {1, 0.1, 0.05, 0};
    constexpr std::int64_t kMostSamples = 10'000'000;
    const std::string name = options.choice("kind", kKinds);
    const auto kind = std::find(kKinds.begin(), kKinds.end(), name) - kKinds.begin();
    const auto size = [&](const std::string& key, const WholeBounds& bounds, std::int64_t usual) {
      return static_cast<std::size_t>(options.whole(key, bounds, usual));
    };
    Plan plan;
    plan.kind = static_cast<Kind>(kind);
    plan.train = size("train", whole_between(1, kMostSamples), 1000);
    plan.test = size("test", whole_between(0, kMostSamples), 200);
    plan.classes = plan.kind == Kind::kDigits ? 10 : 2;
    if (name == "blobs" || name == "spirals") {
      plan.classes = size("classes", whole_between(2, 100), 3);
    }
    if (name == "blobs") plan.features = size("features", whole_between(1, 65536), 2);
    plan.noise =
        options.real("noise", real_between(0, 1e6), kNoise.at(static_cast<std::size_t>(kind)));
    plan.seed = size("seed", whole_between(0, std::int64_t{1} << 53U), 1);
    return std::make_unique<Synthetic>(plan);
  }

  explicit Synthetic(const Plan& plan) : plan_(plan) {}

  DataFacts facts() const override {
    const bool digits = plan_.kind == Kind::kDigits;
    DataFacts facts{digits ? Shape{1, kDigitSide, kDigitSide} : Shape{plan_.features},
                    plan_.classes, plan_.train, plan_.test, !digits};
    if (digits && plan_.noise == 0) facts.sparse_share = 0.5;  // as measured; MNIST's too
    return facts;
  }

  Data load(const std::optional<std::filesystem::path>& /*folder*/) const override {
    return {
        facts().sample, plan_.classes, draw("train", plan_.train), draw("test", plan_.test), {}};
  }

  std::vector<std::string> checksums() const override { return {}; }

  std::vector<std::filesystem::path> places(
      const std::optional<std::filesystem::path>& /*folder*/) const override {
    return {};
  }

 private:
  Samples draw(const std::string& part, std::size_t count) const {
    const Stream draws(plan_.seed, "synthetic/" + part);
    const Stream noise(plan_.seed, "synthetic/" + part + "/noise");
    Samples samples;
    samples.labels.reserve(count);
    const std::size_t width = elements(facts().sample);
    plan_.kind == Kind::kDigits ? samples.features.reserve(count * width)
                                : samples.numbers.reserve(count * width);
    for (std::size_t n = 0; n < count; ++n) {
      const std::size_t label = n % plan_.classes;
      samples.labels.push_back(static_cast<std::uint32_t>(label));
      if (plan_.kind == Kind::kDigits) {
        add_digit(label, n, draws, noise, samples.features);
      } else {
        add_point(label, draws.uniform(n), noise, samples.numbers);
      }
    }
    return samples;
  }

  void add_digit(std::size_t label, std::size_t sample, const Stream& draws, const Stream& noise,
                 std::vector<std::uint8_t>& bytes) const {
    constexpr std::size_t kPixels = kDigitSide * kDigitSide;
    const std::size_t first = bytes.size();
    bytes.resize(first + kPixels);
    draw_digit(label, draws, sample, std::span(bytes).subspan(first));
    if (plan_.noise == 0) return;
    for (std::size_t i = first; i < bytes.size(); ++i) {
      const double light = bytes[i] + 255 * plan_.noise * nearly_normal(noise, i);
      bytes[i] = static_cast<std::uint8_t>(std::lround(std::clamp(light, 0.0, 255.0)));
    }
  }

  /// A point of a class; `draw` is uniform.
  void add_point(std::size_t label, double draw, const Stream& noise,
                 std::vector<float>& numbers) const {
    std::vector<double> point;
    if (plan_.kind == Kind::kBlobs) {
      const Stream centres(plan_.seed, "synthetic/centres");
      for (std::size_t d = 0; d < plan_.features; ++d) {
        point.push_back(20 * centres.uniform(label * plan_.features + d) - 10);
      }
    } else if (plan_.kind == Kind::kMoons) {
      const auto [cosine, sine] = circle(draw / 2);
      if (label == 0) {
        point = {cosine, sine};
      } else {
        point = {1 - cosine, 0.5 - sine};
      }
    } else {
      const double start = static_cast<double>(label) / static_cast<double>(plan_.classes);
      const auto [cosine, sine] = circle(start + draw);
      point = {draw * cosine, draw * sine};
    }
    for (const double coordinate : point) {
      const double moved = coordinate + plan_.noise * nearly_normal(noise, numbers.size());
      numbers.push_back(static_cast<float>(moved));
    }
  }

  Plan plan_;
};

const Register<Dataset> kSynthetic{"synthetic", "synthetic: {kind: blobs}",
                                   "blobs, moons, spirals or digits, drawn from a seed",
                                   Synthetic::from};

}  // namespace
}  // namespace nnrun
