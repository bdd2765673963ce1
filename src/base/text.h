// Numbers to text and back, independent of the locale; names that are near; text safe to print.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nnrun {

/// The shortest decimal that reads back as the same double: "0.3", "1e-05", "nan", "inf".
std::string shortest(double value);

/// A decimal number, whole and finite, as from_chars reads it. Refused: "010", "0x10", "nan",
/// "+1", "1e-400", "0,3".
std::optional<double> parse_real(std::string_view text);

/// A whole decimal number: "-3", "60000"; not "3.0", "1e3" or "007".
std::optional<std::int64_t> parse_integer(std::string_view text);

/// What other programs call `name` (other_words.h), else the candidate fewest edits away from it
/// (Damerau–Levenshtein, adjacent swaps count one), or none when all are too far to be a slip of the finger.
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates);

/// "; did you mean 'softmax'?" or nothing.
std::string suggestion(std::string_view name, std::span<const std::string> candidates);

/// The suggestion, or "; known: sigmoid, softmax" when no candidate is near and they are few.
std::string suggestion_or_known(std::string_view name, std::span<const std::string> candidates);

/// "; did you mean 'layers'? kinds: layers, losses": the suggestion, if there is one, and all candidates.
std::string suggestion_and_all(std::string_view name, std::span<const std::string> candidates,
                               std::string_view what);

/// The value that so many significant digits of it are read as.
double significant(double value, int digits);

/// "1 run", "2 runs".
std::string counted(std::size_t count, std::string_view thing);

/// The text with control characters, and bytes that are not UTF-8, shown as \x1b; cut with … when
/// it is longer than `longest` bytes. For messages and tables only.
std::string printable(std::string_view text, std::size_t longest = 200);

/// A byte of plain text: no control character (ASCII) but tab and line ends.
bool is_text_byte(char c);

/// A letter, a digit, '_', '-' or '.' (ASCII): safe in a folder's name and in a shell.
bool is_name_character(char c);

/// Whether it can name a folder: 1 to 100 such characters, not starting with '.' or '-', so that
/// nothing leaves the results tree or needs quoting in a shell.
bool is_folder_name(std::string_view name);

/// Whether all of the text is valid UTF-8.
bool is_utf8(std::string_view text);

/// The number of columns a UTF-8 text takes on a terminal, one per code point.
std::size_t width(std::string_view text);

/// "40 ms", "3.2 s", "1 min 20 s", "2 h 5 min".
std::string duration(double seconds);

/// "785 B", "3.1 MB", "1.2 GB" (powers of 1000).
std::string byte_size(double bytes);

/// The bytes of "500MB", "1.5 GB" (powers of 1000) or "2GiB" (of 1024), at least one; nothing where it is none.
std::optional<double> parse_byte_size(std::string_view text);

}  // namespace nnrun
