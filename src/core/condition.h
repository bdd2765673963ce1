// What a claim asks of every epoch: a comparison of two terms.
#pragma once

#include <string>
#include <vector>

#include "config/options.h"
#include "core/curves.h"

namespace nnrun {

/// `TERM OP TERM` with OP one of < <= > >= ==. A term is a decimal number, a column of the curves,
/// `start(COLUMN)`: its row 0, or `change(COLUMN)`: row e minus row e − 1, undefined at row 0. Values
/// that differ by no more than the rounding of their decimals are equal.
class Condition {
 public:
  enum class Operator { kLess, kAtMost, kMore, kAtLeast, kEqual };

  struct Term {
    enum class Kind { kNumber, kColumn, kChange, kStart };
    Kind kind = Kind::kNumber;
    double number = 0;
    std::string column;
  };

  /// A condition that never holds.
  Condition() = default;
  Condition(Term left, Operator comparison, Term right)
      : left_(std::move(left)), comparison_(comparison), right_(std::move(right)) {}

  /// The names of the curves that it reads.
  std::vector<std::string> columns() const;

  /// Whether it holds, for each row. Where a term is NaN, undefined or a curve that is not there, it
  /// does not.
  std::vector<bool> rows(const Curves& curves) const;

 private:
  Term left_;
  Operator comparison_ = Operator::kLess;  // 0 < 0
  Term right_;
};

/// Reads the option `key` as a condition. What cannot be parsed is reported with the part that is
/// wrong and what is accepted there.
Condition read_condition(Options& options, const std::string& key);

}  // namespace nnrun
