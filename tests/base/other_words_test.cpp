#include "base/other_words.h"

#include <doctest/doctest.h>

#include <vector>

#include "base/text.h"

namespace nnrun {
namespace {

TEST_CASE("other_words: a word of elsewhere is told where ours is known, and nowhere else") {
  const std::vector<std::string> optimizers = {"adam", "gradient_descent"};
  CHECK_EQ(our_word("sgd", optimizers), "gradient_descent");
  CHECK_EQ(our_word("SGD", optimizers), "gradient_descent");
  CHECK_EQ(our_word("Adam", optimizers), "adam");
  CHECK_FALSE(our_word("sgd", std::vector<std::string>{"adam"}).has_value());
  CHECK_FALSE(our_word("momentum", optimizers).has_value());
  CHECK_FALSE(our_word("", optimizers).has_value());
}

TEST_CASE("other_words: the meaning goes before the letters") {
  // One edit from "l1", and yet:
  const std::vector<std::string> losses = {"l3", "mean_squared_error"};
  CHECK_EQ(nearest("l2", losses), "mean_squared_error");
  CHECK_EQ(suggestion("mse", losses), "; did you mean 'mean_squared_error'?");
}

}  // namespace
}  // namespace nnrun
