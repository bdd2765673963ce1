// Where the program's messages go: spdlog's default logger.
#pragma once

#include <string>

namespace nnrun {

/// Errors and warnings to standard error, as "nnrun: what is wrong".
void start_log();

/// With time and level, and what is done and how long it takes.
void make_log_verbose();

/// All of that at the end of a file too. Throws an Error when it cannot be written.
void log_to_file(const std::string& path);

/// False when a line could not be written to that file.
bool is_log_whole();

}  // namespace nnrun
