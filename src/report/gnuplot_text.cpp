// Text of the user's as gnuplot strings that it cannot break out of.
#include <fmt/format.h>

#include "base/text.h"
#include "report/gnuplot_script.h"

namespace nnrun {

namespace {

/// Where the character after `columns` characters begins, or the end of the text.
std::size_t offset_of(std::string_view text, std::size_t columns) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (!continues(text[at]) && columns-- == 0) break;
  }
  return at;
}

/// The text with … for what does not fit: its end, or what follows the first half.
std::string cut(std::string_view text, std::size_t columns, bool in_the_middle) {
  const std::size_t all = width(text);
  if (all <= columns) return std::string(text);
  const std::size_t tail = in_the_middle ? (columns - 1) / 2 : 0;
  return std::string(text.substr(0, offset_of(text, columns - 1 - tail))) + "…" +
         std::string(text.substr(offset_of(text, all - tail)));
}

/// Takes from `text` what goes into its first line; leaves nothing of a space between two lines.
std::string_view take_line(std::string_view& text, std::size_t columns) {
  if (width(text) <= columns) return std::exchange(text, {});
  // One character further: a space there ends the line as well as one before it.
  const std::size_t space = text.substr(0, offset_of(text, columns + 1)).rfind(' ');
  const bool broken = space != std::string_view::npos && space > 0;
  const std::size_t end = broken ? space : offset_of(text, columns);
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(broken ? end + 1 : end);
  return line;
}

bool means_itself(char c) {
  constexpr std::string_view kPlain = " .,:=()-+/";
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || kPlain.find(c) != std::string_view::npos ||
         static_cast<unsigned char>(c) >= 0x80U;
}

}  // namespace

std::string gnuplot_text(std::string_view text, std::size_t columns, std::size_t lines) {
  const std::string shown = printable(text);
  std::string_view rest = shown;
  std::string quoted = "\"";
  for (std::size_t line = 0; line < lines && !rest.empty(); ++line) {
    if (line > 0) quoted += "\\n";
    const std::string part =
        line + 1 == lines ? cut(rest, columns, lines == 1) : std::string(take_line(rest, columns));
    for (const char c : part) {
      quoted += means_itself(c) ? std::string(1, c)
                                : fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    }
  }
  return quoted + "\"";
}

}  // namespace nnrun
