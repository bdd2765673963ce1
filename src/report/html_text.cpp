#include "report/html_text.h"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/base64.h"

namespace nnrun {

namespace {

// U+2068 and U+2069: what stands between them has a direction of its own.
constexpr std::string_view kIsolate = "\xE2\x81\xA8";
constexpr std::string_view kIsolateEnds = "\xE2\x81\xA9";

/// Whether the code point has no place in a page: a control character but for line feeds and tabs.
bool is_control(char32_t point) {
  const bool blank = point == '\n' || point == '\t';
  return (point < 0x20 && !blank) || (point >= 0x7f && point < 0xa0);
}

void append(std::string& shown, char32_t point) {
  switch (point) {
    case '&': shown += "&amp;"; return;
    case '<': shown += "&lt;"; return;
    case '>': shown += "&gt;"; return;
    case '"': shown += "&quot;"; return;
    case '\'': shown += "&#39;"; return;
    default: utf8::append(is_control(point) ? U'\uFFFD' : point, std::back_inserter(shown));
  }
}

}  // namespace

std::string html_text(std::string_view text) {
  const std::string valid = utf8::replace_invalid(text);
  std::string shown;
  for (auto at = valid.begin(); at != valid.end();) {
    append(shown, static_cast<char32_t>(utf8::next(at, valid.end())));
  }
  return shown;
}

std::string html_name(std::string_view text) { return "<bdi>" + html_text(text) + "</bdi>"; }

std::string html_attribute(std::string_view text) {
  const bool plain =
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
  if (plain) return html_text(text);
  return fmt::format("{}{}{}", kIsolate, html_text(text), kIsolateEnds);
}

std::string html_json(const nlohmann::ordered_json& json) {
  std::string text;
  for (const char letter :
       json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) {
    if (letter == '<') {
      text += "\\u003c";
    } else {
      text += letter;
    }
  }
  return text;
}

std::string png_address(std::string_view png) { return "data:image/png;base64," + base64(png); }

std::string html_not_shown(const Error& error) {
  return "<p class=\"note\">Not shown: " + html_name(error.what()) + "</p>\n";
}

std::string html_heading(int level, std::string_view text) {
  return fmt::format("<h{0}>{1}</h{0}>\n", level, html_name(text));
}

}  // namespace nnrun
