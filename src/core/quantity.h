// What a claim measures: one number of a finished run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/condition.h"
#include "core/curves.h"

namespace nnrun {

/// What a quantity's number counts.
enum class Unit {
  kMeasure,  ///< whatever its column has: a loss, a share of samples
  kEpochs,
};

/// A column that a quantity reads.
struct ColumnUse {
  std::string option;      ///< the option that names it
  std::string name;        ///< "validation_loss"
  bool or_figure = false;  ///< one of the run's figures ("test_loss") does as well as a curve
};

class Quantity {
 public:
  static constexpr const char* kKind = "quantity";
  virtual ~Quantity() = default;

  virtual std::vector<ColumnUse> columns() const = 0;

  /// Nothing when it never happens, or when what it reads is not there or NaN.
  virtual std::optional<double> value(const Curves& curves) const = 0;

  virtual Unit unit() const = 0;
};

/// A quantity of one curve, named by the option `of`.
class CurveQuantity : public Quantity {
 public:
  std::vector<ColumnUse> columns() const final { return {{"of", column_}}; }
  std::optional<double> value(const Curves& curves) const final;

 protected:
  explicit CurveQuantity(Options& options) : column_(options.text("of")) {}

  /// `curve` has at least one row.
  virtual std::optional<double> of(const std::vector<double>& curve) const = 0;

 private:
  std::string column_;
};

/// A number of epochs, or one of them, that the condition `when` decides on.
class ConditionQuantity : public Quantity {
 public:
  std::vector<ColumnUse> columns() const final;
  std::optional<double> value(const Curves& curves) const final;
  Unit unit() const final { return Unit::kEpochs; }

 protected:
  explicit ConditionQuantity(Options& options) : condition_(read_condition(options, "when")) {}

  /// `holds` says of each row, from row 0 on, whether the condition holds.
  virtual std::optional<std::size_t> among(const std::vector<bool>& holds) const = 0;

 private:
  Condition condition_;
};

/// Whether two values lie at most `tolerance` apart. Decimals are not exact in binary: 0.9929 counts
/// as within 0.001 of 0.9919.
bool is_near(double value, double other, double tolerance);

}  // namespace nnrun
