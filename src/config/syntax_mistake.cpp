#include "config/syntax_mistake.h"

#include <algorithm>
#include <sstream>
#include <string>

#include "base/text.h"

namespace nnrun {

namespace {

/// The column of a tab in the indentation of a line, both from 1; 0 when there is none.
int indenting_tab(std::string_view text, int line) {
  std::istringstream lines{std::string(text)};
  std::string shown;
  for (int l = 0; l < line && std::getline(lines, shown); ++l) {
  }
  const auto tab = shown.find_first_not_of(' ');
  return tab != std::string::npos && shown[tab] == '\t' ? static_cast<int>(tab) + 1 : 0;
}

/// What is most often behind it.
std::string syntax_hint(const std::string& message) {
  if (message == YAML::ErrorMsg::MAP_VALUE) {
    return ": is it indented too far, or a blank missing behind a colon before it?";
  }
  if (message == YAML::ErrorMsg::END_OF_MAP) {
    return ": is it indented less than the keys before it, or a '-' missing or too many?";
  }
  return {};
}

}  // namespace

void add_syntax_mistake(const YAML::Exception& error, std::string_view text, Mark place,
                        Diagnostics& diagnostics) {
  const bool at_end = error.mark.line > std::count(text.begin(), text.end(), '\n');
  if (at_end) {
    return diagnostics.add(place, "",
                           "not valid YAML: a quote, list or mapping is open at the end");
  }
  if (const int tab = indenting_tab(text, place.line); tab > 0) {
    place.column = tab;
    return diagnostics.add(place, "", "not valid YAML: tabs cannot indent; use blanks");
  }
  diagnostics.add(place, "", "not valid YAML: " + printable(error.msg) + syntax_hint(error.msg));
}

}  // namespace nnrun
