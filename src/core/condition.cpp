#include "core/condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace nnrun {

namespace {

using TermKind = Condition::Term::Kind;
using Operator = Condition::Operator;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kTerms = "a number, a column, change(COLUMN) or start(COLUMN)";
constexpr const char* kOperators = "<, <=, >, >= or ==";

/// What is wrong with a condition's text.
struct Mistake {
  std::string what;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_number(char c) { return is_digit(c) || c == '-' || c == '+' || c == '.'; }
bool in_number(char c) { return begins_number(c) || is_letter(c) || c == ','; }
bool in_name(char c) { return is_letter(c) || is_digit(c); }
bool in_operator(char c) { return c == '<' || c == '>' || c == '=' || c == '!'; }

/// Reads a condition from left to right.
class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  Condition parse() {
    Condition::Term left = term();
    const Operator comparison = read_operator();
    Condition::Term right = term();
    if (!at_end()) expected("nothing more");
    Condition condition(std::move(left), comparison, std::move(right));
    if (condition.columns().empty()) throw Mistake{"it names no column"};
    return condition;
  }

 private:
  bool at_end() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n"), rest_.size()));
    return rest_.empty();
  }

  /// The longest start of what is left whose characters are all `admitted`.
  std::string take(bool (*admitted)(char)) {
    std::size_t length = 0;
    while (length < rest_.size() && admitted(rest_[length])) ++length;
    last_ = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return last_;
  }

  [[noreturn]] void expected(const std::string& what) {
    const std::string where = last_.empty() ? "" : fmt::format(" after '{}'", printable(last_));
    const std::string got =
        at_end() ? std::string("the end") : fmt::format("'{}'", printable(rest_));
    throw Mistake{fmt::format("expected {}{}, got {}", what, where, got)};
  }

  Condition::Term term() {
    if (at_end() || !(begins_number(rest_[0]) || is_letter(rest_[0]))) expected(kTerms);
    if (begins_number(rest_[0])) return number();
    std::string name = take(in_name);
    if (at_end() || rest_[0] != '(') return {TermKind::kColumn, 0, std::move(name)};
    return call(name);
  }

  Condition::Term number() {
    const std::string text = take(in_number);
    const auto value = parse_real(text);
    if (!value) throw Mistake{fmt::format("'{}' is no decimal number", printable(text))};
    return {TermKind::kNumber, *value, {}};
  }

  /// What stands in brackets after `function`.
  Condition::Term call(const std::string& function) {
    const std::vector<std::string> known = {"change", "start"};
    if (function != known[0] && function != known[1]) {
      const std::string near = suggestion(function, known);
      throw Mistake{fmt::format("unknown function '{}'{}", function,
                                near.empty() ? "; known: change(COLUMN), start(COLUMN)" : near)};
    }
    last_ = function + "(";
    rest_.remove_prefix(1);
    if (at_end() || !is_letter(rest_[0])) expected("a column");
    std::string column = take(in_name);
    if (at_end() || rest_[0] != ')') expected("')'");
    last_ = ")";
    rest_.remove_prefix(1);
    return {function == known[0] ? TermKind::kChange : TermKind::kStart, 0, std::move(column)};
  }

  Operator read_operator() {
    constexpr std::array<std::pair<std::string_view, Operator>, 5> kKnown = {
        {{"<", Operator::kLess},
         {"<=", Operator::kAtMost},
         {">", Operator::kMore},
         {">=", Operator::kAtLeast},
         {"==", Operator::kEqual}}};
    if (at_end() || !in_operator(rest_[0])) expected(kOperators);
    const std::string text = take(in_operator);
    for (const auto& [name, comparison] : kKnown) {
      if (text == name) return comparison;
    }
    throw Mistake{fmt::format("unknown comparison '{}'; expected {}", text, kOperators)};
  }

  std::string_view rest_;
  std::string last_;  ///< the part that was read last
};

/// A term in one row, and the size of the numbers that it was made of.
struct Value {
  double number = kNone;
  double size = 0;
};

Value value_of(const Condition::Term& term, const std::vector<double>* curve, std::size_t row) {
  if (term.kind == TermKind::kNumber) return {term.number, std::abs(term.number)};
  if (curve == nullptr) return {};
  if (term.kind == TermKind::kStart) return {curve->front(), std::abs(curve->front())};
  const double here = (*curve)[row];
  if (term.kind == TermKind::kColumn) return {here, std::abs(here)};
  if (row == 0) return {};
  const double before = (*curve)[row - 1];
  return {here - before, std::max(std::abs(here), std::abs(before))};
}

/// Decimals are not exact in binary: 0.9 − 0.8 counts as 0.1.
bool is_same(const Value& left, const Value& right) {
  if (!std::isfinite(left.number) || !std::isfinite(right.number)) {
    return left.number == right.number;
  }
  constexpr double kRoundings = 4;
  const double rounding =
      kRoundings * std::numeric_limits<double>::epsilon() * std::max(left.size, right.size);
  return std::abs(left.number - right.number) <= rounding;
}

bool compare(const Value& left, Operator comparison, const Value& right) {
  const bool same = is_same(left, right);
  switch (comparison) {
    case Operator::kLess: return !same && left.number < right.number;
    case Operator::kAtMost: return same || left.number < right.number;
    case Operator::kMore: return !same && left.number > right.number;
    case Operator::kAtLeast: return same || left.number > right.number;
    case Operator::kEqual: return same;
  }
  return false;
}

}  // namespace

std::vector<std::string> Condition::columns() const {
  std::vector<std::string> names;
  for (const Term* term : {&left_, &right_}) {
    if (term->kind != TermKind::kNumber) names.push_back(term->column);
  }
  return names;
}

std::vector<bool> Condition::rows(const Curves& curves) const {
  const std::size_t count = curves.values.empty() ? 0 : curves.values.front().size();
  std::vector<bool> holds(count);
  if (count == 0) return holds;
  const auto* left = curves.find(left_.column);
  const auto* right = curves.find(right_.column);
  for (std::size_t row = 0; row < count; ++row) {
    holds[row] = compare(value_of(left_, left, row), comparison_, value_of(right_, right, row));
  }
  return holds;
}

Condition read_condition(Options& options, const std::string& key) {
  const Form form = text_form("a condition, such as \"validation_accuracy >= 0.99\"");
  const Slot slot = options.place(key, form);
  if (slot.node == nullptr) return {};
  if (!slot.node->is_scalar()) {
    slot.expected(form.text());
    return {};
  }
  try {
    return Parser(slot.node->text).parse();
  } catch (const Mistake& mistake) {
    slot.fail(fmt::format("cannot read the condition \"{}\": {}", printable(slot.node->text),
                          mistake.what));
  }
  return {};
}

}  // namespace nnrun
