#include "report/markdown.h"

#include <string_view>

namespace nnrun {

std::string markdown_text(const std::string& text) {
  constexpr std::string_view kSpecial = "\\|*`<[]~&$";
  constexpr std::string_view kSpecialFirst = "#+->=";
  std::string shown;
  for (const char letter : text) {
    const bool first = shown.empty() && kSpecialFirst.find(letter) != std::string_view::npos;
    if (first || kSpecial.find(letter) != std::string_view::npos) shown += '\\';
    const bool control = static_cast<unsigned char>(letter) < 0x20;
    shown += control ? ' ' : letter;
  }
  return shown;
}

std::string markdown_code(const std::string& text) {
  std::string fence = "`";
  while (text.find(fence) != std::string::npos) fence += '`';
  const std::string gap = fence.size() > 1 ? " " : "";
  return fence + gap + text + gap + fence;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + markdown_text(cell) + " |";
  return line + "\n";
}

std::string markdown_header(const std::vector<std::string>& names,
                            const std::vector<bool>& numbers) {
  std::string line = markdown_row(names);
  for (std::size_t c = 0; c < names.size(); ++c) {
    line += c < numbers.size() && numbers[c] ? "| ---: " : "| --- ";
  }
  return line + "|\n";
}

}  // namespace nnrun
