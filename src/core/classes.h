// The classes of labels that a user's files have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace nnrun {

/// Beyond it, labels are hardly classes: a confusion matrix would have 16 million cells.
inline constexpr std::size_t kMostClasses = 4096;

/// Refuses fewer than two classes and more than kMostClasses. `where` names the file or folder, `what` the
/// classes: "different labels".
void check_classes(std::size_t classes, const std::string& where, const std::string& what);

/// A finite decimal number, as std::from_chars reads it; not "+1", "0x10", "nan" or " 1".
std::optional<double> finite_number(const std::string& text);

/// Labels that are words or numbers, and the classes 0 … K − 1 that they stand for: sorted as numbers
/// where all of them are whole numbers (1 and 1.0 are the same then), else as words by their bytes.
class LabelClasses {
 public:
  LabelClasses() = default;
  /// `labels`, each with the line where it stands first; `file` and `column` are for messages. Refuses
  /// numbers that are not whole, and what check_classes does.
  LabelClasses(const std::map<std::string, std::size_t>& labels, const std::string& file,
               const std::string& column);

  std::size_t count() const { return classes_.size(); }
  /// The class of a label; nothing for one that was not there.
  std::optional<std::uint32_t> find(const std::string& label) const;

 private:
  std::string key(const std::string& label) const;

  bool are_numbers_ = false;
  std::map<std::string, std::uint32_t> classes_;
};

}  // namespace nnrun
