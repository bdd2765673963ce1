#include "core/classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace nnrun {

void check_classes(std::size_t classes, const std::string& where, const std::string& what) {
  if (classes >= 2 && classes <= kMostClasses) return;
  throw Error(fmt::format("{}: {} {}; expected 2 to {} classes", printable(where), classes, what,
                          kMostClasses));
}

std::optional<double> finite_number(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  const bool whole = error == std::errc{} && stop == end;
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

LabelClasses::LabelClasses(const std::map<std::string, std::size_t>& labels,
                           const std::string& file, const std::string& column)
    : are_numbers_(std::all_of(labels.begin(), labels.end(), [](const auto& label) {
        return finite_number(label.first).has_value();
      })) {
  std::map<double, std::string> numbers;
  for (const auto& [label, line] : labels) {
    classes_.emplace(key(label), 0);
    if (!are_numbers_) continue;
    const double number = *finite_number(label);
    numbers.emplace(number, key(label));
    if (std::trunc(number) == number) continue;
    throw Error(
        fmt::format("{}:{}: column '{}': label {} is not whole; labels are classes: whole "
                    "numbers or words",
                    printable(file), line, printable(column), printable(label)));
  }
  check_classes(classes_.size(), file,
                fmt::format("different labels in column '{}'", printable(column)));
  std::uint32_t next = 0;
  for (auto& [name, number] : classes_) number = next++;
  next = 0;
  for (const auto& [value, name] : numbers) classes_[name] = next++;
}

std::optional<std::uint32_t> LabelClasses::find(const std::string& label) const {
  const auto found = classes_.find(key(label));
  return found == classes_.end() ? std::nullopt : std::optional(found->second);
}

/// The same for all spellings of one number; −0 is 0.
std::string LabelClasses::key(const std::string& label) const {
  const auto number = are_numbers_ ? finite_number(label) : std::nullopt;
  return number ? shortest(*number + 0.0) : label;
}

}  // namespace nnrun
