// What the golden tests share: the cases of a leaf, and how close to PyTorch's numbers is close enough.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/registry.h"
#include "support.h"

namespace nnrun::test {

/// The names of the golden files of a kind ("layers"), sorted.
inline std::set<std::string> golden_names(const std::string& kind) {
  std::set<std::string> names;
  const auto folder = std::filesystem::path(NNRUN_SOURCE_DIR) / "tests/golden" / kind;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") names.insert(entry.path().stem());
  }
  return names;
}

/// The cases of tests/golden/KIND/NAME.json; its README says what is in them.
inline std::vector<nlohmann::json> golden_cases(const std::string& kind, const std::string& name) {
  std::ifstream file(fmt::format("{}/tests/golden/{}/{}.json", NNRUN_SOURCE_DIR, kind, name));
  REQUIRE(file);
  return nlohmann::json::parse(file).at("cases").get<std::vector<nlohmann::json>>();
}

/// The one rule of all golden tests: no element of an array is further from PyTorch's than 1e-5 of the
/// largest of PyTorch's. A number is an array of one.
inline constexpr double kGoldenTolerance = 1e-5;

/// The largest difference as a share of the largest element of `wanted`.
template <class Number>
double golden_difference(std::span<const Number> found, std::span<const double> wanted) {
  double largest = 0;
  double difference = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    largest = std::max(largest, std::abs(wanted[i]));
    const double here = std::abs(static_cast<double>(found[i]) - wanted[i]);
    difference = std::max(difference, std::isnan(here) ? HUGE_VAL : here);
  }
  return difference == 0 ? 0 : difference / largest;
}

template <class Number>
void check_golden(const std::vector<Number>& found, const nlohmann::json& expected) {
  const auto wanted = expected.get<std::vector<double>>();
  REQUIRE_EQ(found.size(), wanted.size());
  CHECK(golden_difference<Number>(found, wanted) <= kGoldenTolerance);
}

/// Calls `check(name, case)` for every case of every file. A registered leaf without a file is a mistake: it
/// needs cases in tests/golden/cases/KIND.py. So is a file of nothing registered, which its cases notice.
template <class Interface, class Check>
void for_each_golden_case(const std::string& kind, Check check) {
  const auto files = golden_names(kind);
  for (const std::string& name : Registry<Interface>::instance().names()) {
    CHECK_MESSAGE(files.contains(name), name << " has no golden file");
  }
  for (const std::string& name : files) {
    for (const nlohmann::json& golden : golden_cases(kind, name)) {
      const auto leaf = golden.at("yaml").get<std::string>();
      CAPTURE(leaf);
      check(name, golden);
    }
  }
}

}  // namespace nnrun::test
