#include "base/other_words.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace nnrun {

namespace {

struct OtherWord {
  std::string_view theirs;
  std::string_view ours;
};

/// Of PyTorch, Keras, scikit-learn and textbooks. What a slip of the finger explains is not here.
constexpr auto kOtherWords = std::to_array<OtherWord>({
    {"lr", "learning_rate"},
    {"learning_rate_init", "learning_rate"},
    {"step_size", "learning_rate"},
    {"iterations", "epochs"},
    {"max_iter", "epochs"},
    {"num_epochs", "epochs"},
    {"n_epochs", "epochs"},
    {"minibatch", "batch_size"},
    {"batch", "batch_size"},
    {"val", "validation"},
    {"validation_split", "split"},
    {"model", "network"},
    {"layers", "network"},
    {"criterion", "loss"},
    {"objective", "loss"},
    {"solver", "optimizer"},
    {"random_state", "seed"},
    {"data", "dataset"},
    {"type", "name"},
    {"linear", "dense"},
    {"fc", "dense"},
    {"fully_connected", "dense"},
    {"conv", "conv2d"},
    {"convolution2d", "conv2d"},
    {"maxpool", "max_pool2d"},
    {"maxpool2d", "max_pool2d"},
    {"maxpooling2d", "max_pool2d"},
    {"avgpool2d", "avg_pool2d"},
    {"averagepooling2d", "avg_pool2d"},
    {"batchnorm", "batch_norm"},
    {"batchnorm2d", "batch_norm"},
    {"batchnormalization", "batch_norm"},
    {"layernorm", "layer_norm"},
    {"leakyrelu", "leaky_relu"},
    {"swish", "silu"},
    {"logistic", "sigmoid"},
    {"sgd", "gradient_descent"},
    {"gd", "gradient_descent"},
    {"mse", "mean_squared_error"},
    {"mseloss", "mean_squared_error"},
    {"crossentropyloss", "cross_entropy"},
    {"crossentropy", "cross_entropy"},
    {"bceloss", "binary_cross_entropy"},
    {"l2", "mean_squared_error"},
    {"mae", "mean_absolute_error"},
    {"l1", "mean_absolute_error"},
    {"bce", "binary_cross_entropy"},
    {"ce", "cross_entropy"},
    {"nll", "cross_entropy"},
    {"nll_loss", "cross_entropy"},
    {"categorical_crossentropy", "cross_entropy"},
    {"sparse_categorical_crossentropy", "cross_entropy"},
    {"acc", "accuracy"},
    {"auc", "auc_roc"},
    {"xavier", "glorot_uniform"},
    {"xavier_uniform", "glorot_uniform"},
    {"xavier_normal", "glorot_normal"},
    {"kaiming_uniform", "he_uniform"},
    {"kaiming_normal", "he_normal"},
    {"gaussian", "normal"},
    {"neurons", "units"},
    {"out_features", "units"},
    {"filters", "channels"},
    {"out_channels", "channels"},
    {"kernel_size", "kernel"},
    {"pool_size", "kernel"},
    {"strides", "stride"},
    {"kernel_initializer", "weights"},
    {"bias_initializer", "bias"},
    {"p", "rate"},
    {"std", "stddev"},
    {"sigma", "stddev"},
    {"eps", "epsilon"},
    {"l2_regularization", "weight_decay"},
    {"train", "run"},
    {"fit", "run"},
    {"lint", "check"},
    {"summary", "describe"},
});

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return small;
}

}  // namespace

std::optional<std::string> our_word(std::string_view name,
                                    std::span<const std::string> candidates) {
  const std::string small = in_small_letters(name);
  const auto known = [&](std::string_view word) {
    return std::find(candidates.begin(), candidates.end(), word) != candidates.end();
  };
  if (known(small)) return small;
  for (const auto& [theirs, ours] : kOtherWords) {
    if (theirs == small && known(ours)) return std::string(ours);
  }
  return std::nullopt;
}

bool is_other_word(std::string_view name) {
  const std::string small = in_small_letters(name);
  return std::any_of(kOtherWords.begin(), kOtherWords.end(),
                     [&](const OtherWord& word) { return word.theirs == small; });
}

std::vector<std::string> hinted_words() {
  std::vector<std::string> words;
  for (const auto& [theirs, ours] : kOtherWords) words.emplace_back(ours);
  return words;
}

}  // namespace nnrun
