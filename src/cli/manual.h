// The manual page nnrun(1), as groff's macros for manual pages read it.
#pragma once

#include <string>
#include <vector>

#include "cli/usage.h"

namespace nnrun {

/// Of a program of these commands.
std::string manual(const Usage& program, const std::vector<Usage>& commands);

/// Text that groff takes for nothing but text, wherever in a line.
std::string roff(std::string_view text);

/// The end of a help, of which lines that are indented stay as they are and all others are filled.
std::string roff_notes(const std::string& notes);

}  // namespace nnrun
