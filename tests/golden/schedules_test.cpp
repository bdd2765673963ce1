// The rates of 20 epochs, or updates, as PyTorch's schedulers set them.
#include "golden/golden.h"
#include "schedules/rates.h"

namespace nnrun {
namespace {

TEST_CASE("golden: every schedule sets the rates that PyTorch's sets") {
  test::for_each_golden_case<Schedule>("schedules", [](const std::string&,
                                                       const nlohmann::json& golden) {
    const auto total = golden.at("total").get<std::size_t>();
    const auto losses = golden.value("losses", std::vector<double>{});
    // One update an epoch: both are the same time.
    const auto rates = test::rates(golden.at("yaml").get<std::string>(), total, total, 1, losses);
    test::check_golden(rates, golden.at("rates"));
    for (std::size_t t = 0; t < total; ++t) {  // small rates count as much as large ones
      test::check_golden(std::vector{rates[t]}, nlohmann::json::array({golden.at("rates")[t]}));
    }
  });
}

}  // namespace
}  // namespace nnrun
