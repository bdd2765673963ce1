// Pairs of numbers that should be the same, counted.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nnrun {

/// |a - b| as a part of the larger of |a| and |b|; nothing when one is not finite.
std::optional<double> relative_difference(double a, double b);

/// Counts pairs, in the order of their places, and keeps the first that differs and the one that
/// differs most.
class Mismatches {
 public:
  /// The pair at `place` is the same.
  void same() { ++compared_; }
  /// It is not.
  void differs(std::size_t place, double a, double b);
  /// Adds another's pairs; the places stay this one's.
  void add(const Mismatches& other);

  bool all_same() const { return differing_ == 0; }
  std::size_t compared() const { return compared_; }
  std::size_t differing() const { return differing_; }
  std::size_t first() const { return first_; }  ///< its place
  double largest() const { return largest_; }   ///< relative
  std::size_t largest_place() const { return largest_place_; }

 private:
  std::size_t compared_ = 0;
  std::size_t differing_ = 0;
  std::size_t first_ = 0;
  double largest_ = 0;
  std::size_t largest_place_ = 0;
};

/// "12 of 24 cells": how many of them differ.
std::string share(const Mismatches& found, std::string_view things);

/// "; largest relative difference 2.38e-07" and `where`; nothing when no difference has a size.
std::string largest_text(const Mismatches& found, const std::string& where);

/// "0.5 | 0.25, difference 0.25 (relative 0.5)"; the texts alone when one of them is no number.
std::string both(const std::string& a, const std::string& b);

/// A difference in three digits: "2.38e-07".
std::string three_digits(double value);

}  // namespace nnrun
