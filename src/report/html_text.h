// Text of files as text of a page: whatever it holds, it is shown and does nothing.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/error.h"

namespace nnrun {

/// The text between tags: <, >, &, quotes as entities; bytes that are no UTF-8 and control characters, but
/// for line feeds and tabs, as U+FFFD.
std::string html_text(std::string_view text);

/// The same for a name or a sentence from a file, which cannot turn the direction of what stands around it.
std::string html_name(std::string_view text);

/// The same within the quotes of an attribute, where there are no tags.
std::string html_attribute(std::string_view text);

/// JSON between <script> tags: no '<' in it could end them.
std::string html_json(const nlohmann::ordered_json& json);

/// "data:image/png;base64,…".
std::string png_address(std::string_view png);

/// A note in the place of what cannot be shown.
std::string html_not_shown(const Error& error);

/// A heading of this level, 1 to 6.
std::string html_heading(int level, std::string_view text);

}  // namespace nnrun
