#include "base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/other_words.h"

namespace nnrun {

namespace {

bool has_leading_zero(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || has_leading_zero(text)) {
    return std::nullopt;
  }
  return value;
}

/// Edits between two words: insert, delete, replace, swap neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

bool is_control(std::uint32_t point) {
  const bool c0 = point < 0x20 || point == 0x7f;
  const bool c1 = point >= 0x80 && point < 0xa0;
  // Line and paragraph separators, and what turns the reading direction.
  const bool separator = point >= 0x2028 && point <= 0x202e;
  const bool isolate = point >= 0x2066 && point <= 0x2069;
  const bool mark = point == 0x061c || point == 0x200e || point == 0x200f;
  return c0 || c1 || separator || isolate || mark;
}

std::string listed(std::span<const std::string> candidates) {
  if (candidates.empty()) return "none";
  std::vector<std::string> names;
  for (const std::string& candidate : candidates) names.push_back(printable(candidate));
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::string shortest(double value) {
  if (std::isnan(value)) return "nan";
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

std::optional<double> parse_real(std::string_view text) {
  const auto value = parse_whole<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  if (text == "-0") return std::nullopt;
  return parse_whole<std::int64_t>(text);
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  constexpr std::size_t kLongestName = 64;
  if (name.size() > kLongestName) return std::nullopt;
  if (auto ours = our_word(name, candidates)) return ours;
  if (is_other_word(name)) return std::nullopt;  // it means something that is not among them
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  std::optional<std::string> best;
  for (const std::string& candidate : candidates) {
    const std::size_t edits = distance(name, candidate);
    if (edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

std::string suggestion(std::string_view name, std::span<const std::string> candidates) {
  const auto near = nearest(name, candidates);
  return near ? fmt::format("; did you mean '{}'?", printable(*near)) : std::string();
}

std::string suggestion_or_known(std::string_view name, std::span<const std::string> candidates) {
  constexpr std::size_t kMostListed = 12;
  std::string near = suggestion(name, candidates);
  if (!near.empty() || candidates.size() > kMostListed) return near;
  return "; known: " + listed(candidates);
}

std::string suggestion_and_all(std::string_view name, std::span<const std::string> candidates,
                               std::string_view what) {
  const std::string near = suggestion(name, candidates);
  return fmt::format("{} {}: {}", near.empty() ? ";" : near, what, listed(candidates));
}

double significant(double value, int digits) {
  return parse_real(fmt::format("{:.{}g}", value, digits)).value_or(value);
}

std::string counted(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string printable(std::string_view text, std::size_t longest) {
  std::string shown;
  for (auto at = text.begin(); at != text.end();) {
    if (shown.size() > longest) return shown + "…";
    const auto start = at;
    std::uint32_t point = 0;
    const bool valid =
        utf8::internal::validate_next(at, text.end(), point) == utf8::internal::UTF8_OK;
    if (!valid) at = start + 1;
    if (valid && !is_control(point)) {
      shown.append(start, at);
      continue;
    }
    for (auto byte = start; byte != at; ++byte) {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(*byte));
    }
  }
  return shown;
}

bool is_text_byte(char c) {
  const auto value = static_cast<unsigned char>(c);
  return value >= 0x20 ? value != 0x7f : c == '\n' || c == '\r' || c == '\t';
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

bool is_folder_name(std::string_view name) {
  constexpr std::size_t kLongest = 100;
  return !name.empty() && name.size() <= kLongest && name.front() != '.' && name.front() != '-' &&
         std::all_of(name.begin(), name.end(), is_name_character);
}

bool is_utf8(std::string_view text) { return utf8::is_valid(text.begin(), text.end()); }

std::size_t width(std::string_view text) {
  const auto leads = [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), leads));
}

std::string duration(double seconds) {
  // Limits where the next unit begins once rounded: 59.96 s is a minute.
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1e3);
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string byte_size(double bytes) {
  // As in duration: 999.96 kB is a megabyte.
  if (bytes < 999.5) return fmt::format("{:.0f} B", bytes);
  if (bytes < 999.95e3) return fmt::format("{:.1f} kB", bytes / 1e3);
  if (bytes < 999.95e6) return fmt::format("{:.1f} MB", bytes / 1e6);
  if (bytes < 999.95e9) return fmt::format("{:.1f} GB", bytes / 1e9);
  return fmt::format("{:.1f} TB", bytes / 1e12);
}

std::optional<double> parse_byte_size(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, double>, 9> kUnits = {{{"kB", 1e3},
                                                                          {"MB", 1e6},
                                                                          {"GB", 1e9},
                                                                          {"TB", 1e12},
                                                                          {"KiB", 0x1p10},
                                                                          {"MiB", 0x1p20},
                                                                          {"GiB", 0x1p30},
                                                                          {"TiB", 0x1p40},
                                                                          {"B", 1}}};
  for (const auto& [unit, size] : kUnits) {
    if (!text.ends_with(unit)) continue;
    text.remove_suffix(unit.size());
    while (text.ends_with(' ')) text.remove_suffix(1);
    const auto number = parse_real(text);
    if (!number || !(*number * size >= 1) || !std::isfinite(*number * size)) return std::nullopt;
    return *number * size;
  }
  return std::nullopt;
}

}  // namespace nnrun
