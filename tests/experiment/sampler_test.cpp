#include "experiment/sampler.h"

#include "support.h"

namespace nnrun {

TEST_CASE("sampler: Halton's sequence in base 2 and 3") {
  const std::vector<double> base2 = {0, 0.5, 0.25, 0.75, 0.125};
  for (std::size_t i = 0; i < base2.size(); ++i) CHECK_EQ(radical_inverse(i, 2), base2[i]);
  CHECK_EQ(radical_inverse(1, 3), doctest::Approx(1.0 / 3));
  CHECK_EQ(radical_inverse(5, 3), doctest::Approx(7.0 / 9));  // 12 in base 3: 0.21
}

TEST_CASE("sampler: prime numbers by their rank") {
  CHECK_EQ(prime(0), 2);
  CHECK_EQ(prime(1), 3);
  CHECK_EQ(prime(5), 13);
  CHECK_EQ(prime(24), 97);
}

TEST_CASE("sampler: a draw follows from seed, axis and trial alone") {
  Sampler one(7, false);
  Sampler other(7, false);
  other.part(3, "epochs");
  CHECK_EQ(one.part(2, "learning_rate"), other.part(2, "learning_rate"));
  CHECK_NE(one.part(2, "learning_rate"), one.part(3, "learning_rate"));
  CHECK_NE(one.part(2, "learning_rate"), one.part(2, "epochs"));
  CHECK_NE(Sampler(8, false).part(2, "learning_rate"), one.part(2, "learning_rate"));
}

}  // namespace nnrun
