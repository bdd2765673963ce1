// batch_norm: brings each feature, or each channel of images, to mean 0 and variance 1 in the batch.
//   y  = scale · x̂ + shift,  x̂ = (x − μ) / √(σ² + epsilon)
//        in training μ and σ² are the mean and the variance (divided by the number m of values) over
//        the batch and the places of an image; otherwise the running ones
//   running ← (1 − momentum) · running + momentum · batch, after each update; the running variance
//        takes the batch's unbiased one, m / (m − 1) · σ²
//   dx = scale / √(σ² + epsilon) · (dy − Σ dy / m − x̂ · Σ (dy · x̂) / m), or without the last two terms
//        where μ and σ² are the running ones
//   d_scale = Σ dy · x̂,  d_shift = Σ dy
// Source:  Ioffe, Szegedy 2015; the running variance and the default options as PyTorch's BatchNorm1d
//          and BatchNorm2d
// Shapes:  x, y, dx, dy [N, D] or [N, C, H, W]; scale, shift, running_mean, running_variance [D] or [C]
// Options: epsilon   real > 0, default 1e-5
//          momentum  real from 0 to 1, default 0.1
//          scale     initializer, default constant: {value: 1}
//          shift     initializer, default zeros
//          frozen, learning_rate  of scale and shift, as for every layer with parameters
//                    (core/layer.h); the running statistics are no matter of theirs
// Errors:  batches with a single value of a feature: one sample, of images one of one place
// In training, a pass is taken over the whole batch in steps, and its statistics are those of the
// batch, however it is cut.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/layer.h"
#include "core/registry.h"
#include "math/normalize.h"

namespace nnrun {
namespace {

/// Where the running statistics start.
class StartsAt final : public ElementInitializer {
 public:
  explicit StartsAt(double value) : value_(value) {}
  double value(const Stream& /*stream*/, std::uint64_t /*index*/,
               const Fans& /*fans*/) const override {
    return value_;
  }

 private:
  double value_;
};

/// The four parameters of C channels, in memory one after the other.
template <class T>
struct ChannelParameters {
  explicit ChannelParameters(std::span<T> all)
      : count(all.size() / 4),
        scale(all.subspan(0, count)),
        shift(all.subspan(count, count)),
        mean(all.subspan(2 * count, count)),
        variance(all.subspan(3 * count, count)) {}

  std::size_t count;
  std::span<T> scale;
  std::span<T> shift;
  std::span<T> mean;
  std::span<T> variance;
};

/// Over a batch: Σ x (or Σ dy) of each channel, Σ x² (or Σ dy · (x − μ)), and the values of a channel.
template <class T>
struct Sums {
  explicit Sums(std::span<T> all)
      : channels(all.size() / 2),
        first(all.subspan(0, channels)),
        second(all.subspan(channels, channels)),
        values(all.back()) {}

  double mean(std::size_t channel) const { return first[channel] / values; }
  double variance(std::size_t channel) const {
    return std::max(second[channel] / values - mean(channel) * mean(channel), 0.0);
  }

  std::size_t channels;
  std::span<T> first;
  std::span<T> second;
  T& values;
};

/// What a channel is normalised with: x̂ = (x − mean) · inverse.
struct Statistics {
  Statistics(std::span<const Scalar> parameters, std::span<const double> sums, bool of_batch,
             double epsilon) {
    const ChannelParameters<const Scalar> channels(parameters);
    for (std::size_t c = 0; c < channels.count; ++c) {
      auto mean = static_cast<double>(channels.mean[c]);
      auto variance = static_cast<double>(channels.variance[c]);
      if (of_batch) {
        mean = Sums<const double>(sums).mean(c);
        variance = Sums<const double>(sums).variance(c);
      }
      means.push_back(static_cast<Scalar>(mean));
      inverses.push_back(1 / std::sqrt(variance + epsilon));
      factors.push_back(
          static_cast<Scalar>(static_cast<double>(channels.scale[c]) * inverses.back()));
    }
  }

  std::vector<Scalar> means;
  std::vector<double> inverses;
  std::vector<Scalar> factors;  ///< scale · inverse
};

class BatchNorm final : public Layer {
 public:
  static std::unique_ptr<Layer> from(Options& options) {
    auto made = std::make_unique<BatchNorm>();
    made->epsilon_ = options.real("epsilon", positive(), 1e-5);
    made->momentum_ = options.real("momentum", real_between(0, 1), 0.1);
    made->scale_ = make<Initializer>(options.leaf("scale", "constant: {value: 1}")).leaf;
    made->shift_ = make<Initializer>(options.leaf("shift", "zeros")).leaf;
    made->rule_ = ParameterRule::from(options);
    return made;
  }

  Shape output(const Shape& input) const override { return input; }

  std::vector<Parameter> parameters(const Shape& input) const override {
    const Shape shape = {input.front()};
    return {{"scale", shape, false, {}, scale_, rule_},
            {"shift", shape, false, {}, shift_, rule_},
            {"running_mean", shape, false, {}, std::make_shared<StartsAt>(0), {}, false},
            {"running_variance", shape, false, {}, std::make_shared<StartsAt>(1), {}, false}};
  }

  std::size_t fewest_rows(const Shape& input) const override {
    return elements(input) / input.front() > 1 ? 1 : 2;
  }

  std::size_t sums(const Shape& input) const override { return 2 * input.front() + 1; }

  void add_sums(ConstMatrixView x, std::span<double> sums) const override {
    Sums<double> to(sums);
    add_channel_moments(x, to.first, to.second);
    const std::size_t values = x.size() / to.channels;
    to.values += static_cast<double>(values);
  }

  void forward_in(const Forward& pass) const override {
    const Statistics statistics(pass.parameters, pass.sums, pass.facts.train, epsilon_);
    scale_channels(pass.x, statistics.means, statistics.factors,
                   ChannelParameters<const Scalar>(pass.parameters).shift, pass.y);
  }

  void add_backward_sums(const Backward& pass, std::span<double> sums) const override {
    const Statistics statistics(pass.parameters, pass.sums, pass.facts.train, epsilon_);
    Sums<double> to(sums);
    add_channel_products(pass.dy, pass.x, statistics.means, to.first, to.second);
  }

  void backward(const Backward& pass) const override {
    const Statistics statistics(pass.parameters, pass.sums, pass.facts.train, epsilon_);
    const std::size_t channels = statistics.means.size();
    std::vector<Scalar> constants(channels);
    std::vector<Scalar> slopes(channels);
    if (pass.facts.train) {
      const Sums<const double> found(pass.backward_sums);
      const double values = Sums<const double>(pass.sums).values;
      for (std::size_t c = 0; c < channels; ++c) {
        const double inverse = statistics.inverses[c];
        constants[c] = static_cast<Scalar>(found.first[c] / values);
        slopes[c] = static_cast<Scalar>(found.second[c] / values * inverse * inverse);
      }
      // The sums over the batch are the gradient: one of its blocks adds them.
      if (pass.facts.first_row == 0) add_gradient(statistics, found, pass.gradient);
    } else {
      std::vector<double> sums(2 * channels + 1);
      add_backward_sums(pass, sums);
      add_gradient(statistics, Sums<const double>(sums), pass.gradient);
    }
    if (pass.dx.empty()) return;
    channel_gradient({statistics.means, statistics.factors, constants, slopes}, pass.dy, pass.x,
                     pass.dx);
  }

  void remember(std::span<const double> sums, std::size_t /*rows*/,
                std::span<Scalar> parameters) const override {
    const Sums<const double> batch(sums);
    const ChannelParameters<Scalar> running(parameters);
    const auto mix = [&](Scalar& to, double value) {
      to = static_cast<Scalar>((1 - momentum_) * static_cast<double>(to) + momentum_ * value);
    };
    for (std::size_t c = 0; c < running.count; ++c) {
      mix(running.mean[c], batch.mean(c));
      mix(running.variance[c], batch.variance(c) * batch.values / (batch.values - 1));
    }
  }

 private:
  static void add_gradient(const Statistics& statistics, const Sums<const double>& sums,
                           std::span<Scalar> gradient) {
    const ChannelParameters<Scalar> to(gradient);
    for (std::size_t c = 0; c < to.count; ++c) {
      to.scale[c] += static_cast<Scalar>(sums.second[c] * statistics.inverses[c]);
      to.shift[c] += static_cast<Scalar>(sums.first[c]);
    }
  }

  double epsilon_ = 0;
  double momentum_ = 0;
  std::shared_ptr<const Initializer> scale_;
  std::shared_ptr<const Initializer> shift_;
  ParameterRule rule_;
};

const Register<Layer> kBatchNorm{"batch_norm", "batch_norm",
                                 "each feature or channel at mean 0 and variance 1 in the batch",
                                 BatchNorm::from};

}  // namespace
}  // namespace nnrun
